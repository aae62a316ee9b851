import type { Question } from '../language/read.ts'
import { onlyIn, type Slot } from './verdict.ts'

/** Opposites: on either side words of one direction. A question that speaks of one must not meet one of the other. */
const AXES =
  `more most greater larger bigger higher above over exceed exceeding upper / less least fewer fewest smaller lower below under beneath
max maximum maximal maximize highest largest biggest upmost / min minimum minimal minimize lowest smallest
before prior earlier until precede preceding / after following later since follow
better best good improve improving superior advantage pro strength benefit / worse worst bad worsen inferior disadvantage con weakness drawback risk
increase increasing raise grow growing rise gain boost expand up / decrease decreasing reduce reducing lower shrink fall drop lose decline down
buy buying purchase / sell selling sale
open opening opened / close closing closed shut
start starting begin beginning first enable enabling activate activating on / stop stopping end ending last disable disabling deactivate deactivating off
win winning won / lose losing lost
add adding insert append attach install installing / remove removing delete deleting detach uninstall uninstalling subtract
import importing / export exporting
import incoming inbound inside indoor internal input enter / outgoing outbound outside outdoor external output exit leave
send sending / receive receiving
borrow borrowing borrowed / lend lending lent
once single / twice double / thrice triple
income earnings / losses
accept accepting approve / reject rejecting deny denying refuse decline
upload uploading / download downloading
upgrade upgrading / downgrade downgrading
encrypt encrypting encode encoding / decrypt decrypting decode decoding
hot hotter hottest warm heat / cold colder coldest cool
early earliest / late latest
fast faster fastest quick quickly / slow slower slowest slowly
cheap cheaper cheapest inexpensive / expensive costly
old older oldest / new newer newest young younger youngest
long longer longest / short shorter shortest
strong stronger strongest / weak weaker weakest
easy easier easiest simple / hard harder hardest difficult
safe safer safest / dangerous unsafe risky
left / right
north northern / south southern / east eastern / west western
male man boy husband father son brother uncle he his him / female woman girl wife mother daughter sister aunt she her
employer / employee
landlord / tenant
teacher / student
parent / child
debit / credit
profit / loss
asset / liability
income revenue / expense expenditure cost
multiply multiplying / divide dividing
ascending / descending
positive / negative
public / private
legal / illegal
true / false / null
convict guilty / acquit innocent
success successful succeed / failure unsuccessful fail failing
love like / hate dislike
allow allowed permit permitted / forbid forbidden prohibit prohibited ban banned
always / never
all every both / none any
arrive arriving arrival / depart departing departure leave
push / pull
lock / unlock
follow / unfollow
connect / disconnect
subscribe / unsubscribe cancel
deposit / withdraw withdrawal
hire hiring / fire firing dismiss
absorb / emit
acid acidic / base basic alkaline
acute / chronic
big large / small little
top / bottom
full / empty
wet / dry
alive / dead
day / night
heavy / light
high / low
deep / shallow
wide / narrow
thick / thin
rich / poor
import / export
direct / indirect
major / minor
primary / secondary
horizontal / vertical
prefix / suffix
client / server
host / guest
buyer / seller
plaintiff / defendant
gross / net
simple / compound
fixed / variable
with / without
oral / topical
`
    .trim()
    .split('\n')
    .map((line) => line.split(' / ').map((side) => side.trim().split(/\s+/)) as string[][])

interface Side {
  axis: number
  side: number
}

const SIDES = new Map<string, Side[]>()
AXES.forEach((sides, axis) => {
  sides.forEach((words, side) => {
    for (const word of words) SIDES.set(word, [...(SIDES.get(word) ?? []), { axis, side }])
  })
})
const ENDING = /^(.{3,})(?:er|est|ed|ing|ly)$/
/** Points in time: whether they are named at all makes a difference. */
const TIMES = new Map([
  ['before', 'before'],
  ['after', 'after'],
  ['until', 'until'],
  ['since', 'since'],
  ['during', 'during'],
])

/** Which way comparisons point: more or less, before or after, buy or sell. */
export const comparison: Slot = {
  guard: 'comparison',
  differ(one, other) {
    const [left, right] = [sidesOf(one), sidesOf(other)]
    for (const [axis, sides] of left) {
      const others = right.get(axis)
      if (others && others.size + sides.size > 1 && onlyIn('', sides.keys(), others.keys()) !== null)
        return `opposites: ${[...new Set([...sides.values(), ...others.values()])].sort().join(', ')}`
    }
    return onlyIn('times', timesOf(one), timesOf(other))
  },
}

function sidesOf({ words }: Question): Map<number, Map<string, string>> {
  const found = new Map<number, Map<string, string>>()
  for (const { stem, text, kind } of words) {
    if (kind !== 'word') continue
    for (const { axis, side } of formsOf(text, stem).flatMap((form) => SIDES.get(form) ?? [])) {
      const sides = found.get(axis) ?? new Map<string, string>()
      found.set(axis, sides.set(String(side), text))
    }
  }
  return found
}

/** A word, or what it is a form of: the first of them that has an opposite. */
function formsOf(text: string, stem: string): string[] {
  const bare = ENDING.exec(text)?.[1]
  const forms =
    bare === undefined ? [text, stem] : [text, stem, bare, `${bare}e`, bare.slice(0, -1), `${bare.slice(0, -1)}y`]
  return forms.filter((form) => SIDES.has(form)).slice(0, 1)
}

function timesOf({ words }: Question): Set<string> {
  return new Set(words.flatMap(({ text }) => TIMES.get(text) ?? []))
}
