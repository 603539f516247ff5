// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick of the start: a wizard of Qt with a few fields and nothing behind them.
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QWizard>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QWizard wizard;
    wizard.setWindowTitle(QStringLiteral("Bare wizard"));
    for (int i = 1; i <= 4; ++i) {
        auto *page = new QWizardPage;
        page->setTitle(QStringLiteral("Page %1").arg(i));
        auto *layout = new QVBoxLayout(page);
        layout->addWidget(new QLabel(QStringLiteral("Domain:")));
        layout->addWidget(new QLineEdit);
        layout->addWidget(new QTreeWidget);
        wizard.addPage(page);
    }
    wizard.show();
    return QApplication::exec();
}
