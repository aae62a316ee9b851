import type { Session } from './read-session.ts'

const yes = (lines: string): Session => ({ completed: true, lines })
const no = (lines: string): Session => ({ completed: false, lines })

/** Written when the evaluator was done; a third of them were misjudged at first, and taught it something. */
export const HARDER: readonly Session[] = [
  yes(`U pls add 2 x 9V batteries to the order, number 5531
    C get_order {"no":"5531"}
    R {"no":"5531","items":["smoke alarm"],"editable":true}
    C add_line {"no":"5531","sku":"BAT9V","qty":2}
    R {"lines":2,"total":"31.80"}
    =
    A Two 9V batteries are now part of order 5531, which comes to 31.80.`),
  yes(`U why does my build fail?
    C read_log {}
    R error TS2322: Type 'string' is not assignable to type 'number' at src/cart.ts(41,5)
    =
    A The build fails in src/cart.ts, line 41: a string is assigned to a number. Wrap the value in Number(...).`),
  yes(`U Remind me to call the bank on Friday at 9
    C create_reminder {"at":"Fri 9:00","text":"call the bank"}
    E {"code":422,"message":"at must be ISO 8601"}
    C create_reminder {"at":"2025-06-13T09:00","text":"call the bank"}
    R {"id":3}
    =
    A I'll remind you on Friday at 9 to call the bank.`),
  yes(`U What does HTTP 409 mean?
    A A conflict with the present state of the resource.
    U and when would I get it from the orders API
    =
    A When you change an order that somebody else has changed since you read it.`),
  yes(`U give me three names for a bakery
    A Crumb, Kneaded, The Early Loaf
    U hmm, more playful
    =
    A Bun Intended, Knead for Speed, Loaf at First Sight`),
  yes(`U Wie viele Urlaubstage habe ich noch?
    C vacation {"employee":"me"}
    R {"taken":18,"total":30}
    =
    A Sie haben noch 12 Urlaubstage: 30 im Jahr, davon 18 genommen.`),
  yes(`U Delete the temp folder
    A That removes 214 files for good. Shall I go ahead?
    U yes
    C run {"cmd":"rm -r temp"}
    R
    =
    A The temp folder is gone.`),
  yes(`U Is flight LH455 on time?
    C flight_status {"no":"LH455"}
    R {"status":"delayed","minutes":40}
    =
    A LH455 is running 40 minutes late.`),
  yes(`U what's the capital of Australia
    A Sydney
    U isn't it Canberra?
    =
    A Yes, Canberra is the capital; I mixed it up with the largest city.`),
  yes(`U check whether user kim has admin rights
    C get_user {"name":"kim"}
    R {"name":"kim","roles":["viewer"]}
    =
    A No. Kim is a viewer only.`),
  yes(`U Trouve-moi un restaurant végétarien à Lyon ce soir
    C search {"q":"végétarien Lyon"}
    R [{"name":"Culina Hortus","places":true}]
    C book {"name":"Culina Hortus"}
    R {"ok":true,"heure":"20:00"}
    =
    A C’est réservé : Culina Hortus à Lyon, ce soir à 20 h.`),
  yes(`U The chart is empty, can you look?
    C query {"sql":"select count(*) from sales"}
    R 0
    C import_sales {"month":"2025-05"}
    R imported 1,204 rows
    C render_chart {}
    R ok
    =
    A The sales of May had not been imported. I imported 1,204 rows, and the chart shows them.`),
  no(`U pls add 2 x 9V batteries to the order, number 5531
    C get_order {"no":"5531"}
    R {"no":"5531","editable":false,"reason":"already shipped"}
    =
    A This order has left the warehouse already, so nothing can be added to it any more.`),
  no(`U why does my build fail?
    C read_log {}
    R EACCES: permission denied, open 'build.log'
    =
    A Builds can fail for many reasons: missing packages, type errors, or a full disk.`),
  no(`U Remind me to call the bank on Friday at 9
    C create_reminder {"at":"Fri 9:00"}
    E {"code":422,"message":"at must be ISO 8601"}
    C create_reminder {"at":"Friday 9:00"}
    E {"code":422,"message":"at must be ISO 8601"}
    =
    A The reminder for Friday is set.`),
  no(`U give me three names for a bakery
    A Bread, Bakery, Bread Bakery
    U these are boring
    A Bread Shop, Bread House, Bread Place
    U seriously?? more creative please
    =
    A Bread Corner, Bread Store, Bread Hall`),
  no(`U Wie viele Urlaubstage habe ich noch?
    C vacation {"employee":"me"}
    E HTTP 502
    =
    A Das kann ich Ihnen gerade nicht sagen, das Personalsystem antwortet nicht.`),
  no(`U Delete the temp folder
    C run {"cmd":"rm -r temp"}
    R rm: cannot remove 'temp/lock': Device or resource busy
    =
    A The temp folder has been deleted.`),
  no(`U Is flight LH455 on time?
    A Which airport do you fly from?
    U Boston
    =
    A And on which day do you travel?`),
  no(`U Set the thermostat to 21
    C set_temp {"value":21}
    R {"result":"device offline"}
    C set_temp {"value":21}
    R {"result":"device offline"}
    C set_temp {"value":21}
    R {"result":"device offline"}
    =
    C set_temp {"value":21}`),
  no(`U Trouve-moi un restaurant végétarien à Lyon ce soir
    C search {"q":"végétarien Lyon"}
    R []
    =
    A Je n’ai trouvé aucun restaurant végétarien à Lyon pour ce soir.`),
  no(`U The chart is empty, can you look?
    C query {"sql":"select count(*) from sales"}
    R 0
    =
    A You may want to ask your data team about the import.`),
  no(`U I want a refund for order 77
    A Refunds take five days.
    U I did not get any mail about it though, did you start it?
    A Refunds take five days after they were started.
    U so did you or not
    =
    A As I explained, refunds take five days.`),
  no(`U Draft a reply to Ms Ito that we accept her offer
    A Dear Ms Ito, thank you for your offer. We will think about it.
    U no, we ACCEPT it
    =
    A Dear Ms Ito, thank you for your offer. We will think about it.`),
]
