@OWNER@// SPDX-License-Identifier: GPL-3.0-or-later
// Serves the MTA-STS policy (RFC 8461 3.2). Written by MTA-STS Assistant; do not edit the texts by
// hand: the id of the _mta-sts record must change whenever a policy changes.
const policies = {
@TABLE@};

const policyPath = "/.well-known/mta-sts.txt";

function refuse(status, headers) {
    return new Response(null, { status, headers });
}

// A policy that begins like an address is that of a mail provider: its file is passed on as it is now.
async function textOf(policy) {
    if (!policy.startsWith("https://"))
        return new TextEncoder().encode(policy);
    const answer = await fetch(policy, { redirect: "manual" });
    if (answer.status !== 200)
        return null;
    const body = await answer.arrayBuffer();
    return body.byteLength > 65536 ? null : new Uint8Array(body);
}

export default {
    async fetch(request) {
        const url = new URL(request.url);
        // The path decides, not the whole address: a query changes nothing.
        if (!Object.hasOwn(policies, url.hostname) || url.pathname !== policyPath)
            return refuse(404, {});
        if (request.method !== "GET" && request.method !== "HEAD")
            return refuse(405, { Allow: "GET, HEAD" });
        const body = await textOf(policies[url.hostname]).catch(() => null);
        if (body === null)
            return refuse(502, {});
        const headers = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": String(body.byteLength),
            "Cache-Control": "max-age=60",
            "X-Content-Type-Options": "nosniff",
        };
        return new Response(request.method === "HEAD" ? null : body, { status: 200, headers });
    },
};
