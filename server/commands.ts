import { readPolicy } from './commands/config-file.ts'
import { DATASET_USAGE, datasetCommand } from './commands/dataset.ts'
import { EXPERIMENT_USAGE, experimentCommand } from './commands/experiment.ts'
import { EXPLAIN_USAGE, explainCommand } from './commands/explain.ts'
import { ownGateway } from './commands/own-gateway.ts'
import { REPLAY_USAGE, replayCommand } from './commands/replay.ts'
import { SIMULATE_USAGE, simulateCommand } from './commands/simulate.ts'
import { processTerminal } from './commands/terminal.ts'
import { secretResolver } from './config/secrets.ts'
import { keyPepper, openHome } from './home.ts'
import { failStart, main, VERSION } from './main.ts'
import { readFlags, readHome, UsageError } from './options.ts'
import { openForWriting } from './stores/database.ts'
import { createKey, listKeys, revokeKey } from './stores/keys.ts'

const HELP = `gatehouse ${VERSION}

  gatehouse serve [--home DIR] [--config FILE] [--port N] [--host H]
  gatehouse validate FILE
  gatehouse keys create --tenant T [--team M] [--routes a,b]
  gatehouse keys list
  gatehouse keys revoke ID
  ${EXPLAIN_USAGE}
  ${SIMULATE_USAGE}
  ${DATASET_USAGE}
  ${REPLAY_USAGE}
  ${EXPERIMENT_USAGE}
  gatehouse signin [--viewer]
  gatehouse help | version

All but validate take --home DIR (or GATEHOUSE_HOME) to name the data folder.
`

/** Runs one command; a failure is printed and ends the process. */
export function run(args: readonly string[]): Promise<void> {
  return dispatch(args).catch(failStart)
}

async function dispatch(args: readonly string[]): Promise<void> {
  const [command = 'help', ...rest] = args
  switch (command) {
    case 'serve':
      return main(rest)
    case 'validate':
      return validate(rest)
    case 'keys':
      return keys(rest)
    case 'explain':
      return print(await explainCommand(rest))
    case 'simulate':
      return print(simulateCommand(rest))
    case 'dataset':
      return print(await datasetCommand(rest))
    case 'replay':
      return print(await replayCommand(rest, processTerminal()))
    case 'experiment':
      return print(await experimentCommand(rest))
    case 'signin':
      return signIn(rest)
    case 'version':
    case '--version':
      return print(`${VERSION}\n`)
    case 'help':
    case '--help':
      return print(HELP)
    default:
      throw new UsageError(`There is no command "${command}".\n\n${HELP}`)
  }
}

function validate(args: readonly string[]): void {
  const { positionals } = parse(args)
  const file = positionals[0]
  if (file === undefined || positionals.length > 1) throw new UsageError('Usage: gatehouse validate FILE')
  const policy = readPolicy(file, secretResolver('.', process.env))
  for (const warning of policy.warnings) print(`${file}: warning: ${warning}\n`)
  print(`${file}: valid, revision ${policy.revision}, ${policy.routes.size} routes\n`)
}

function keys(args: readonly string[]): void {
  const { positionals, values } = parse(args)
  const [action, id] = positionals
  const home = openHome(readHome(values.home, process.env), null)
  const db = openForWriting(home.store)
  try {
    if (action === 'create') {
      if (!values.tenant) throw new UsageError('Usage: gatehouse keys create --tenant T [--team M] [--routes a,b]')
      const routes = values.routes === undefined ? null : values.routes.split(',').map((route) => route.trim())
      const made = createKey(db, keyPepper(home), { tenant: values.tenant, team: values.team ?? null, routes })
      print(`${made.key}\n`)
      process.stderr.write(`This is ${made.id} for tenant ${values.tenant}. The key is shown only now.\n`)
    } else if (action === 'list') print(formatKeys(listKeys(db)))
    else if (action === 'revoke' && id !== undefined) {
      if (!revokeKey(db, id)) throw new UsageError(`There is no live key ${id}.`)
      print(`${id} is revoked.\n`)
    } else throw new UsageError('Usage: gatehouse keys create|list|revoke')
  } finally {
    db.close()
  }
}

function formatKeys(rows: ReturnType<typeof listKeys>): string {
  const lines = rows.map((row) =>
    [
      row.id,
      row.tenant,
      row.team ?? '-',
      row.routes?.join(',') ?? 'all',
      row.created_at,
      row.revoked_at ?? 'live',
    ].join('\t'),
  )
  return `${['id\ttenant\tteam\troutes\tcreated\trevoked', ...lines].join('\n')}\n`
}

/** Asks the running gateway for a new link, with `--viewer` one to read only; only who can read the admin token can. */
async function signIn(args: readonly string[]): Promise<void> {
  const { values, switches } = readFlags(args, ['home'], ['viewer'])
  const home = openHome(readHome(values.home, process.env), null)
  const gateway = ownGateway(home)
  if (gateway === null) throw new UsageError(`No gateway is running on ${home.folder}.`)
  const { askSignInLink } = await import('./egress/own-admin.ts')
  print(`${await askSignInLink(gateway, switches.has('viewer') ? 'viewer' : 'admin')}\n`)
}

/** The flags that any command takes. */
const parse = (args: readonly string[]) => readFlags(args, ['home', 'tenant', 'team', 'routes'])

function print(text: string): void {
  process.stdout.write(text)
}
