import { type LookupOptions, lookup } from 'node:dns'
import { type AllowList, hostAddress, isLoopbackAddress, isLoopbackHost, readAllowList } from '../core/addresses.ts'
import { GatewayError } from '../core/errors.ts'
import type { EgressPolicy } from '../core/policy.ts'

type LookupCallback = (
  error: Error | null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void

/** Decides what may be dialled. In sealed mode a name is judged by the addresses it resolves to, at the dial. */
export interface DialGuard {
  /** Throws `egress_refused` for a host that may not be dialled whatever it resolves to. */
  checkHost(host: string): void
  /** A `dns.lookup` that hands out only addresses that may be dialled. */
  lookup(host: string, options: LookupOptions, callback: LookupCallback): void
}

/** The guard of a policy; `open` lets every configured provider through. */
export function dialGuard(policy: EgressPolicy): DialGuard {
  if (policy.mode === 'open') return { checkHost: () => {}, lookup: lookup as DialGuard['lookup'] }
  const list = readAllowList(policy.allow)
  return {
    checkHost(host) {
      const address = hostAddress(host)
      if (address !== null && !mayDial(address, list)) throw refusal(host)
    },
    lookup(host, options, callback) {
      const trusted = isLoopbackHost(host) || list.hasName(host)
      lookup(host, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, [])
        const allowed = addresses.filter(({ address }) =>
          isLoopbackHost(host) ? isLoopbackAddress(address) : trusted || mayDial(address, list),
        )
        const first = allowed[0]
        if (!first) return callback(refusal(host), [])
        if (options.all) callback(null, allowed)
        else callback(null, first.address, first.family)
      })
    },
  }
}

function mayDial(address: string, list: AllowList): boolean {
  return isLoopbackAddress(address) || list.hasAddress(address)
}

function refusal(host: string): GatewayError {
  return new GatewayError('egress_refused', `Egress is sealed and ${host} is not on the allow list.`)
}
