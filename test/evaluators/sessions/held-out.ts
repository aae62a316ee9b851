import type { Session } from './read-session.ts'

const yes = (lines: string): Session => ({ completed: true, lines })
const no = (lines: string): Session => ({ completed: false, lines })

/** Written last, and not used to change anything: what is to be expected of sessions not seen before. */
export const HELD_OUT: readonly Session[] = [
  yes(`U Turn off the lights in the kitchen
    C set_light {"room":"kitchen","on":false}
    R {"kitchen":"off"}
    =
    A The kitchen lights are off.`),
  yes(`U How many open invoices does Birk have, and what do they add up to?
    C list_invoices {"customer":"Birk","state":"open"}
    R [{"no":811,"sum":120},{"no":829,"sum":310.5}]
    =
    A Birk has two open invoices, 811 and 829, over 430.50 in total.`),
  yes(`U Upgrade my plan to Pro
    C upgrade {"plan":"pro"}
    E card expired
    A Your card has expired. Could you add a new one in your account?
    U done
    C upgrade {"plan":"pro"}
    R {"plan":"pro","since":"today"}
    =
    A You are on the Pro plan from today.`),
  yes(`U Explain the difference between TCP and UDP
    A TCP keeps order and sends again what is lost; UDP does neither.
    U So which one for a video call?
    =
    A UDP, mostly: a late picture is of no use, so losing one is better than waiting for it.`),
  yes(`U Add a dark mode to the settings page
    C read_file {"path":"settings.tsx"}
    R export function Settings() { ... }
    C edit_file {"path":"settings.tsx"}
    E old text not found in file
    C read_file {"path":"settings.tsx"}
    R export function Settings() { return <form/> }
    C edit_file {"path":"settings.tsx"}
    R applied
    C run_tests {}
    R 44 passed
    =
    A The settings page has a switch for dark mode now, and all 44 tests pass.`),
  yes(`U Wann fährt der nächste Zug nach Bonn?
    C departures {"to":"Bonn"}
    R [{"line":"RE5","time":"14:52"}]
    =
    A Um 14:52 Uhr, der RE5.`),
  yes(`U Write a two-line birthday wish for my colleague Jo
    A Happy birthday, Jo! May your coffee be strong and your meetings short.
    U make it a bit more formal
    =
    A Dear Jo, I wish you a very happy birthday. May the coming year bring you health and success.`),
  yes(`U what's 3 miles in km
    A 4.83 km
    U and 5?
    =
    A 8.05 km`),
  yes(`U Unsubscribe me from the newsletter, this is the third time I ask!
    C unsubscribe {"list":"newsletter"}
    R {"removed":true}
    =
    A You are off the newsletter list as of now. I am sorry that it took three attempts.`),
  yes(`U Check in for flight TP532, seat by the window please
    C check_in {"flight":"TP532","seat":"window"}
    R {"seat":"14A","boarding":"12:25"}
    =
    A You are checked in for TP532 in seat 14A by the window. Boarding starts at 12:25. Anything else?`),
  no(`U Turn off the lights in the kitchen
    C set_light {"room":"kitchen","on":false}
    R {"result":"no device with that name"}
    =
    A I turned off the lights in the kitchen.`),
  no(`U Upgrade my plan to Pro
    C upgrade {"plan":"pro"}
    E card expired
    =
    A It looks as if your card has expired, so the upgrade did not go through.`),
  no(`U Add a dark mode to the settings page
    C edit_file {"path":"settings.tsx"}
    E old text not found in file
    C edit_file {"path":"settings.tsx"}
    E old text not found in file
    =
    A Here is how you could add a dark mode yourself: keep the theme in a context and toggle a class on the body.`),
  no(`U Explain the difference between TCP and UDP
    A They are both protocols.
    U I know that. What is the DIFFERENCE?
    =
    A Both are protocols of the transport layer.`),
  no(`U Wann fährt der nächste Zug nach Bonn?
    C departures {"to":"Bonn"}
    E Zeitüberschreitung
    =
    A Die Abfahrten lassen sich im Moment leider nicht abrufen.`),
  no(`U Unsubscribe me from the newsletter
    A You can unsubscribe in the footer of each mail.
    U there is no link in the footer
    A Please look at the bottom of the mail.
    U IT IS NOT THERE
    =
    A The link is at the bottom of the mail.`),
  no(`U Compare the two contracts in /legal
    C list_files {"dir":"/legal"}
    R a.docx, b.docx
    C read_file {"path":"a.docx"}
    R (binary)
    =
    A I have listed the files in the folder: a.docx and b.docx.`),
  no(`U Order the same printer paper as last time
    C last_order {}
    R {"sku":"A4-80","qty":5}
    =
    A Shall I order 5 packs of A4-80?`),
  no(`U Restart the web server
    C ssh {"cmd":"systemctl restart nginx"}
    R Job for nginx.service failed because the control process exited with error code.
    C ssh {"cmd":"systemctl restart nginx"}
    R Job for nginx.service failed because the control process exited with error code.
    =
    A The server did not come back up. Its configuration seems to be broken.`),
  no(`U Schreib mir eine Absage an den Bewerber Herrn Kurz
    A Sehr geehrter Herr Kurz, wir freuen uns, Ihnen die Stelle anzubieten.
    U Das ist eine Zusage, ich wollte eine Absage!
    =
    A Entschuldigung. Möchten Sie, dass ich eine Absage schreibe?`),
]
