<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AdviceList</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation><numerusform>And %n more.</numerusform><numerusform>And %n more.</numerusform></translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message numerus="yes">
        <source>%n check(s) done so far.</source>
        <translation><numerusform>%n check done so far.</numerusform><numerusform>%n checks done so far.</numerusform></translation>
    </message>
</context>
<context>
    <name>DomainStates</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation><numerusform>%n problem</numerusform><numerusform>%n problems</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1, %n warning(s)</source>
        <translation><numerusform>%1, %n warning</numerusform><numerusform>%1, %n warnings</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) were not possible.</source>
        <translation><numerusform>%n check was not possible.</numerusform><numerusform>%n checks were not possible.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Tested for %n day(s): switch to “Enforce”.</source>
        <translation><numerusform>Tested for %n day: switch to “Enforce”.</numerusform><numerusform>Tested for %n days: switch to “Enforce”.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Test for %n more day(s), then “Enforce”.</source>
        <translation><numerusform>Test for %n more day, then “Enforce”.</numerusform><numerusform>Test for %n more days, then “Enforce”.</numerusform></translation>
    </message>
</context>
<context>
    <name>DomainsPane</name>
    <message numerus="yes">
        <source>%1 of %n domain(s) checked</source>
        <translation><numerusform>%1 of %n domain checked</numerusform><numerusform>%1 of %n domains checked</numerusform></translation>
    </message>
</context>
<context>
    <name>FoundRows</name>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation><numerusform>%n server</numerusform><numerusform>%n servers</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation><numerusform>%1 and %n more</numerusform><numerusform>%1 and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n file(s) could not be deleted.</source>
        <translation><numerusform>%n file could not be deleted.</numerusform><numerusform>%n files could not be deleted.</numerusform></translation>
    </message>
</context>
<context>
    <name>NetworkTestWords</name>
    <message numerus="yes">
        <source>Not tested: no answer within %n s.</source>
        <translation><numerusform>Not tested: no answer within %n s.</numerusform><numerusform>Not tested: no answer within %n s.</numerusform></translation>
    </message>
</context>
<context>
    <name>PatternsModel</name>
    <message numerus="yes">
        <source>%n mail server(s): %1</source>
        <translation><numerusform>%n mail server: %1</numerusform><numerusform>%n mail servers: %1</numerusform></translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation><numerusform>%n week</numerusform><numerusform>%n weeks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation><numerusform>%n day</numerusform><numerusform>%n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation><numerusform>%n hour</numerusform><numerusform>%n hours</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n day(s)</source>
        <translation><numerusform>about %n day</numerusform><numerusform>about %n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation><numerusform>about %n hour</numerusform><numerusform>about %n hours</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation><numerusform>%n second</numerusform><numerusform>%n seconds</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Ready: testing has run for %n day(s), and the last check found no problem.</source>
        <translation><numerusform>Ready: testing has run for %n day, and the last check found no problem.</numerusform><numerusform>Ready: testing has run for %n days, and the last check found no problem.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n more reason(s).</source>
        <translation><numerusform>%n more reason.</numerusform><numerusform>%n more reasons.</numerusform></translation>
    </message>
</context>
<context>
    <name>Proof</name>
    <message numerus="yes">
        <source>Each of the %n name server(s) of the domain that answered has it.</source>
        <translation><numerusform>The one name server of the domain that answered has it.</numerusform><numerusform>All %n name servers of the domain that answered have it.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>None of the %n name server(s) of the domain that answered has it yet: look whether it was saved in the panel.</source>
        <translation><numerusform>The one name server of the domain that answered does not have it yet: look whether it was saved in the panel.</numerusform><numerusform>None of the %n name servers of the domain that answered has it yet: look whether it was saved in the panel.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Resolvers may remember the old one for up to %n more minute(s).</source>
        <translation><numerusform>Resolvers may remember the old one for up to %n more minute.</numerusform><numerusform>Resolvers may remember the old one for up to %n more minutes.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) could not be tried from here.</source>
        <translation><numerusform>One address could not be tried from here.</numerusform><numerusform>%n addresses could not be tried from here.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>If you have changed it already: the old one may be remembered for up to %n more minute(s).</source>
        <translation><numerusform>If you have changed it already: the old one may be remembered for up to %n more minute.</numerusform><numerusform>If you have changed it already: the old one may be remembered for up to %n more minutes.</numerusform></translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>Review: %n change(s) for %1</source>
        <translation><numerusform>Review: %n change for %1</numerusform><numerusform>Review: %n changes for %1</numerusform></translation>
    </message>
</context>
<context>
    <name>Saved</name>
    <message numerus="yes">
        <source>%n file(s) with other content are there already. Nothing was saved. Choose another folder, or tick “Replace” below.</source>
        <translation><numerusform>%n file with other content is there already. Nothing was saved. Choose another folder, or tick “Replace” below.</numerusform><numerusform>%n files with other content are there already. Nothing was saved. Choose another folder, or tick “Replace” below.</numerusform></translation>
    </message>
</context>
<context>
    <name>SenderDetails</name>
    <message numerus="yes">
        <source>and %n more mail server(s)</source>
        <translation><numerusform>and %n more mail server</numerusform><numerusform>and %n more mail servers</numerusform></translation>
    </message>
</context>
<context>
    <name>SenderWords</name>
    <message numerus="yes">
        <source>%n other earlier policy(s) may be held instead; this is the one that does most harm.</source>
        <translation><numerusform>%n other earlier policy may be held instead; this is the one that does most harm.</numerusform><numerusform>%n other earlier policies may be held instead; this is the one that does most harm.</numerusform></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message numerus="yes">
        <source>%n file(s) of kept domains could not be understood and were set aside under other names in %1; nothing was deleted.</source>
        <translation><numerusform>%n file of a kept domain could not be understood and was set aside under another name in %1; nothing was deleted.</numerusform><numerusform>%n files of kept domains could not be understood and were set aside under other names in %1; nothing was deleted.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of kept domains could not be read: %1</source>
        <translation><numerusform>%n file of a kept domain could not be read: %1</numerusform><numerusform>%n files of kept domains could not be read: %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n domain(s) were kept by a newer version of this program. They are shown as far as they are understood, and their files are left as they are.</source>
        <translation><numerusform>%n domain was kept by a newer version of this program. It is shown as far as it is understood, and its file is left as it is.</numerusform><numerusform>%n domains were kept by a newer version of this program. They are shown as far as they are understood, and their files are left as they are.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n domain(s) could not be checked, because no answer came. The earlier results stay.</source>
        <translation><numerusform>%n domain could not be checked, because no answer came. The earlier result stays.</numerusform><numerusform>%n domains could not be checked, because no answer came. The earlier results stay.</numerusform></translation>
    </message>
</context>
<context>
    <name>PracticeDialog</name>
    <message numerus="yes">
        <source>%n thing(s) broken.</source>
        <translation><numerusform>%n thing broken.</numerusform><numerusform>%n things broken.</numerusform></translation>
    </message>
</context>
<context>
    <name>PublishPage</name>
    <message numerus="yes">
        <source>Re&amp;move: %n change(s)</source>
        <translation><numerusform>Re&amp;move: %n change</numerusform><numerusform>Re&amp;move: %n changes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Re&amp;move: %n change(s)…</source>
        <translation><numerusform>Re&amp;move: %n change…</numerusform><numerusform>Re&amp;move: %n changes…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Switch off: %n change(s)</source>
        <translation><numerusform>&amp;Switch off: %n change</numerusform><numerusform>&amp;Switch off: %n changes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove MTA-STS: %n change(s) for %1</source>
        <translation><numerusform>Remove MTA-STS: %n change for %1</numerusform><numerusform>Remove MTA-STS: %n changes for %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Switch MTA-STS off: %n change(s) for %1</source>
        <translation><numerusform>Switch MTA-STS off: %n change for %1</numerusform><numerusform>Switch MTA-STS off: %n changes for %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>This takes two steps, %n day(s) apart, because other servers remember the policy that long. Now the policy is switched to “none”; on %1 record and file can be deleted. The list of your domains will say so.</source>
        <translation><numerusform>This takes two steps, %n day apart, because other servers remember the policy that long. Now the policy is switched to “none”; on %1 record and file can be deleted. The list of your domains will say so.</numerusform><numerusform>This takes two steps, %n days apart, because other servers remember the policy that long. Now the policy is switched to “none”; on %1 record and file can be deleted. The list of your domains will say so.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Put back %n change(s)…</source>
        <translation><numerusform>&amp;Put back %n change…</numerusform><numerusform>&amp;Put back %n changes…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Put back %n change(s)</source>
        <translation><numerusform>&amp;Put back %n change</numerusform><numerusform>&amp;Put back %n changes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Publish %n change(s)…</source>
        <translation><numerusform>&amp;Publish %n change…</numerusform><numerusform>&amp;Publish %n changes…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Publish %n change(s)</source>
        <translation><numerusform>&amp;Publish %n change</numerusform><numerusform>&amp;Publish %n changes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Put back: %n change(s) for %1</source>
        <translation><numerusform>Put back: %n change for %1</numerusform><numerusform>Put back: %n changes for %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Publish: %n change(s) for %1</source>
        <translation><numerusform>Publish: %n change for %1</numerusform><numerusform>Publish: %n changes for %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate is wrong: mail is then late or lost. You can go back to testing at any time; servers that looked up the policy may keep it for up to %n day(s).</source>
        <translation><numerusform>From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate is wrong: mail is then late or lost. You can go back to testing at any time; servers that looked up the policy may keep it for up to %n day.</numerusform><numerusform>From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate is wrong: mail is then late or lost. You can go back to testing at any time; servers that looked up the policy may keep it for up to %n days.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The policy of your mail provider says so. From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate of the provider is wrong. Servers that looked up the policy may keep it for up to %n day(s).</source>
        <translation><numerusform>The policy of your mail provider says so. From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate of the provider is wrong. Servers that looked up the policy may keep it for up to %n day.</numerusform><numerusform>The policy of your mail provider says so. From now on servers that honour MTA-STS will not deliver to you when TLS or the certificate of the provider is wrong. Servers that looked up the policy may keep it for up to %n days.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>It can read %n other zone(s), too; a token for this domain alone is safer</source>
        <translation><numerusform>It can read %n other zone, too; a token for this domain alone is safer</numerusform><numerusform>It can read %n other zones, too; a token for this domain alone is safer</numerusform></translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation><numerusform>%n record</numerusform><numerusform>%n records</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The policy file and %n record(s)</source>
        <translation><numerusform>The policy file and %n record</numerusform><numerusform>The policy file and %n records</numerusform></translation>
    </message>
</context>
</TS>
