import { bare } from './bare.ts'
import { direct } from './direct.ts'
import { gatehouse } from './gatehouse.ts'
import { nginx } from './nginx.ts'
import { isPeer } from './peers.ts'
import { portkey } from './portkey.ts'
import { Missing, type Site, type Target, type TargetKind } from './target.ts'

const KINDS: readonly TargetKind[] = [direct, nginx, bare, gatehouse, portkey]

export interface Field {
  targets: Map<string, Target>
  /** Why a target is not there, by its name. */
  missing: Map<string, string>
}

/** Starts all targets, or those named in `only`; `direct`, which all are compared with, always. */
export async function startTargets(site: Site, only: readonly string[] | null): Promise<Field> {
  const field: Field = { targets: new Map(), missing: new Map() }
  const unknown = only?.find((name) => !KINDS.some((kind) => kind.name === name))
  if (unknown !== undefined)
    throw new Error(`There is no target "${unknown}": ${KINDS.map(({ name }) => name).join(', ')}.`)
  for (const kind of KINDS) {
    if (only && kind !== direct && !only.includes(kind.name)) field.missing.set(kind.name, 'left out by --only')
    else await startOne(kind, site, field)
  }
  return field
}

/** A fresh process of a target that is in the field. */
export function startAnother(name: string, site: Site): Promise<Target> {
  return KINDS.find((kind) => kind.name === name)!.start(site)
}

async function startOne(kind: TargetKind, site: Site, field: Field): Promise<void> {
  try {
    field.targets.set(kind.name, await kind.start(site))
  } catch (error) {
    if (!(error instanceof Missing) && !isPeer(kind.name)) throw error
    field.missing.set(kind.name, (error as Error).message)
  }
}
