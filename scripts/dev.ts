import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * `npm run dev`: the gateway, started again when its code changes, and Vite with the UI, which it changes in place.
 * Flags go to the gateway.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url))
const options = { cwd: root, stdio: 'inherit' } as const

const children = [
  spawn(process.execPath, ['--watch', 'server/cli.ts', 'serve', ...process.argv.slice(2)], options),
  spawn(process.execPath, [vite], options),
]

const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)
