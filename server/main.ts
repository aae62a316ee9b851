import { rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import { type App, startApp } from './app.ts'
import { ConfigError, formatProblem } from './config/problems.ts'
import { defaultRoute } from './core/policy.ts'
import { openHome } from './home.ts'
import { readServeOptions, UsageError } from './options.ts'

/** In Electron's utility process messages come through here. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void
}

export const VERSION: string = packageJson.version

/** Starts the gateway, prints where it is, and stops it in good order when asked to. Headless and Electron alike. */
export async function main(args: readonly string[]): Promise<void> {
  const options = readServeOptions(args, process.env)
  const home = openHome(options.home, options.config)
  const log = (message: string) => process.stderr.write(`${new Date().toISOString()} ${message}\n`)
  const app = await startApp({
    home,
    host: options.host,
    port: options.port,
    version: VERSION,
    environment: process.env,
    log,
  })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    rmSync(home.address, { force: true })
    await app.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const onMessage = (message: unknown) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') void stop()
  }
  process.on('message', onMessage)
  const { parentPort } = process as { parentPort?: ParentPort }
  parentPort?.on('message', ({ data }) => onMessage(data))

  writeFileSync(home.address, `${app.url}\n`, { mode: 0o600 })
  process.stdout.write(welcome(app, home))
  for (const warning of app.config.current().warnings) log(`config warning: ${warning}`)
}

function welcome(app: App, home: { config: string; folder: string }): string {
  const policy = app.config.current()
  const needsKey = policy.anonymous === 'off' || !app.loopbackOnly
  const key = needsKey ? " -H 'authorization: Bearer gh-…'" : ''
  const body = JSON.stringify({
    model: defaultRoute(policy),
    messages: [{ role: 'user', content: 'Hello' }],
  })
  return `Gatehouse ${VERSION}
listening on ${app.url}

  UI      ${app.signInLink()}
          (signs in once, within 15 minutes; npx gatehouse signin prints another link)
  config  ${home.config}
  data    ${home.folder}

Try it${needsKey ? ' with a key of your own (npx gatehouse keys create --tenant NAME)' : ''}:

  curl -s ${app.url}/v1/chat/completions${key} -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'

`
}

/** Prints an error that a person can mend, without a stack, and ends the process. */
export function failStart(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof ConfigError)
    process.stderr.write(
      `The config is not valid:\n${error.problems.map((problem) => `  ${formatProblem(problem)}`).join('\n')}\n`,
    )
  else if (error instanceof UsageError) process.stderr.write(`${message}\n`)
  else if (code === 'EADDRINUSE')
    process.stderr.write(`${message}. Is another Gatehouse running? Choose another port: --port N, or 0 for any.\n`)
  else process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2)).catch(failStart)
