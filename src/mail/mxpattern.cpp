#include "mail/mxpattern.h"
