# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail servers for a bed that may not run Postfix: mailpeer.py PORT ADDRESS=NAME=PEM...

PEM holds key and chain, or several of them do, separated by commas; without it the server offers no STARTTLS."""
import socketserver
import ssl
import sys
import threading


class Peer(socketserver.StreamRequestHandler):
    def say(self, *lines):
        for line in lines:
            self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        secured = not self.server.context
        self.say(f'220 {self.server.host} ESMTP')
        while line := self.rfile.readline(2048):
            word = line.strip().upper().partition(b' ')[0]
            if word == b'EHLO':
                self.say(f'250-{self.server.host}', *([] if secured else ['250-STARTTLS']), '250 8BITMIME')
            elif word == b'STARTTLS' and not secured:
                self.say('220 Ready')
                try:
                    tls = self.server.context.wrap_socket(self.request, server_side=True)
                except OSError:
                    return  # the client does not like the certificate
                self.rfile, self.wfile = tls.makefile('rb'), tls.makefile('wb', buffering=0)
                secured = True
            elif word == b'QUIT':
                return self.say('221 Bye')
            else:
                self.say('250 Ok' if word in (b'HELO', b'NOOP', b'RSET') else '502 Not here')


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # clients that leave early


for peer in sys.argv[2:]:
    address, host, pem = peer.split('=')
    server = Server((address, int(sys.argv[1])), Peer)
    server.host = host
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if pem else None
    if pem:
        for file in pem.split(','):
            server.context.load_cert_chain(file)
    threading.Thread(target=server.serve_forever).start()
