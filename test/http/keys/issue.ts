import { keyPepper } from '../../../server/home.ts'
import { openForWriting } from '../../../server/stores/database.ts'
import { createKey } from '../../../server/stores/keys.ts'
import type { TestGateway } from '../../support/gateway.ts'

/** Makes a key beside a running gateway, as the command line does, without the cost of a process. */
export function issueKey(
  gateway: TestGateway,
  holder: { tenant: string; team?: string; routes?: readonly string[] },
): { id: string; key: string } {
  const db = openForWriting(gateway.home.store)
  try {
    return createKey(db, keyPepper(gateway.home), { team: null, routes: null, ...holder })
  } finally {
    db.close()
  }
}

export function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
