#include "dns/unboundresolver.h"
