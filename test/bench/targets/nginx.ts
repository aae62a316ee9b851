import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../children.ts'
import { MODEL } from '../replies.ts'
import { removeFolder, temporaryFolder } from '../temporary.ts'
import { freePort, waitForPort } from './ports.ts'
import { Missing, type TargetKind } from './target.ts'

/** A reverse proxy in C, as a scale: one worker, connections to the upstream kept, replies not buffered. */
export const nginx: TargetKind = {
  name: 'nginx',
  async start({ cores, upstream }) {
    const command = ['nginx', '/usr/sbin/nginx'].find((name) => spawnSync(name, ['-v'], { timeout: 5000 }).status === 0)
    if (!command) throw new Missing('it is not installed')
    const folder = temporaryFolder('nginx')
    mkdirSync(join(folder, 'temp'))
    const port = await freePort()
    const config = join(folder, 'nginx.conf')
    writeFileSync(config, configText(folder, port, new URL(upstream).host))
    const args = ['-p', folder, '-c', config]
    const child = startChild({ core: cores.target, command, args })
    await waitForPort(child, port)
    return {
      name: 'nginx',
      origin: `http://127.0.0.1:${port}`,
      model: MODEL,
      headers: {},
      pid: child.pid,
      answered: 0,
      settle: async () => {},
      async stop() {
        await child.stop()
        removeFolder(folder)
      },
    }
  },
}

function configText(folder: string, port: number, upstream: string): string {
  const asRoot = process.getuid?.() === 0
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${folder}/temp/${name};`)
    .join('\n')
  return `${asRoot ? 'user root;\n' : ''}daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
${temporary}
  access_log off;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  client_max_body_size 16m;
  client_body_buffer_size 256k;
  upstream bench {
    server ${upstream};
    keepalive 128;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://bench;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`
}
