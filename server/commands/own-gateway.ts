import { readFileSync } from 'node:fs'
import type { OwnGateway } from '../egress/own-admin.ts'
import type { Home } from '../home.ts'

/** The gateway that runs on a home, by the address it left there; one that was killed left it too. */
export function ownGateway(home: Home): OwnGateway | null {
  try {
    const address = readFileSync(home.address, 'utf8').trim()
    return { address, adminToken: readFileSync(home.adminToken, 'utf8').trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
