import type { Session } from './read-session.ts'

const yes = (lines: string): Session => ({ completed: true, lines })

/** Sessions in which the user got what they came for. Written before the evaluator that they test. */
export const COMPLETED: readonly Session[] = [
  yes(`U Book me a table for two tomorrow at 7 pm at Luigi's.
    C book_table {"restaurant":"Luigi's","guests":2,"time":"19:00"}
    R {"status":"confirmed","code":"LX42"}
    =
    A Your table for two at Luigi's is booked for tomorrow at 7 pm. The confirmation code is LX42.`),
  yes(`U What's the weather in Oslo?
    C get_weather {"city":"Oslo"}
    E timeout after 10 s
    C get_weather {"city":"Oslo"}
    R {"temp":4,"sky":"cloudy"}
    =
    A It is 4 degrees and cloudy in Oslo.`),
  yes(`U Cancel my order 8812.
    C find_order {"id":8812}
    R {"id":8812,"state":"open"}
    C cancel_order {"id":8812}
    R {"state":"cancelled","refund":34.5}
    =
    A Done: order 8812 is cancelled, and 34.50 euros go back to your card.`),
  yes(`U How do I rename a branch in git?
    A Use git branch -m old new.
    U And on the server?
    =
    A Push the new name and delete the old one: git push origin new, then git push origin --delete old.`),
  yes(`U Write a haiku about rain.
    A Rain on the tin roof / a small drum for the night / the cat does not mind
    U The second line has only six syllables, fix it please
    =
    A Rain on the tin roof / a small drum for all the night / the cat does not mind`),
  yes(`U Rename all .jpeg files in photos to .jpg
    C list_files {"dir":"photos"}
    R a.jpeg, b.jpeg
    C run {"cmd":"mv a.jpeg a.jpg && mv b.jpeg b.jpg"}
    E mv: permission denied
    C run {"cmd":"sudo mv a.jpeg a.jpg && sudo mv b.jpeg b.jpg"}
    R exit code 0
    =
    A Both files in photos, a.jpeg and b.jpeg, are now .jpg files.`),
  yes(`U Fix the failing test in date.test.ts
    C read_file {"path":"date.test.ts"}
    R expect(addDays("2024-02-28",2)).toBe("2024-03-01")
    C run_tests {}
    R 1 failed, 11 passed: expected 2024-03-02
    C edit_file {"path":"date.ts","line":14}
    R ok
    C run_tests {}
    R 12 passed
    =
    A The failing test in date.test.ts passes now: addDays counted leap days twice. All 12 tests pass.`),
  yes(`U Ich möchte meine Adresse ändern: Lindenweg 5, 50667 Köln.
    C update_address {"street":"Lindenweg 5","zip":"50667","city":"Köln"}
    R {"ok":true}
    =
    A Ihre Adresse ist geändert: Lindenweg 5, 50667 Köln.`),
  yes(`U Who wrote The Name of the Rose?
    A Umberto Eco.
    U Great, thanks! And when?
    =
    A It was published in 1980.`),
  yes(`U Summarise the report in reports/q3.pdf
    C read_pdf {"path":"reports/q3.pdf"}
    R Q3 sales rose 12 % to 4.1 million, costs fell to 3.2 million, two new shops in Lyon.
    =
    A The Q3 report in short: sales rose by 12 % to 4.1 million, costs fell to 3.2 million, and two shops opened in Lyon.`),
  yes(`U Find me a flight from Porto to Berlin on 3 May under 150 euros
    C search_flights {"from":"OPO","to":"BER","date":"05-03"}
    R []
    C search_flights {"from":"OPO","to":"BER","date":"2025-05-03","max":150}
    R [{"no":"FR1134","price":89,"dep":"06:20"},{"no":"TP532","price":139,"dep":"13:05"}]
    =
    A On 3 May there are two flights from Porto to Berlin under 150 euros: FR1134 at 06:20 for 89, and TP532 at 13:05 for 139.`),
  yes(`U Reset my password
    A I need the mail address of your account to do so.
    U ada@example.com
    C reset_password {"mail":"ada@example.com"}
    R {"sent":true}
    =
    A A link to reset your password is on its way to ada@example.com.`),
  yes(`U Convert 250 g butter to cups
    A That is about 1.5 cups.
    U no, that's wrong, it must be less
    =
    A You are right: 250 g of butter are about 1.1 cups.`),
  yes(`U Añade leche y pan a mi lista de la compra
    C add_item {"item":"leche"}
    R ok
    C add_item {"item":"pan"}
    R ok
    =
    A He añadido leche y pan a tu lista de la compra.`),
  yes(`U Create a ticket: printer on floor 3 is broken
    C create_ticket {"title":"Printer floor 3 broken"}
    E 503 Service Unavailable
    C create_ticket {"title":"Printer floor 3 broken"}
    E 503 Service Unavailable
    C create_ticket {"title":"Printer floor 3 broken"}
    R {"ticket":"IT-771"}
    =
    A I created ticket IT-771 for the broken printer on floor 3.`),
  yes(`U Is the shop in Graz open on Sunday?
    C shop_hours {"city":"Graz"}
    R {"mon-sat":"9-18","sun":"closed"}
    =
    A No, the shop in Graz is closed on Sunday. From Monday to Saturday it is open from 9 to 18.`),
  yes(`U Make a CSV of our top customers
    A By revenue, or by number of orders?
    U Revenue, top 3
    C query {"sql":"select name, revenue from customers order by revenue desc limit 3"}
    R Acme 9100, Birk 8700, Cole 5200
    =
    A name,revenue\\nAcme,9100\\nBirk,8700\\nCole,5200`),
  yes(`U translate "good night" into Welsh and Irish
    A Welsh: nos da.
    U you forgot the Irish one
    =
    A Irish: oíche mhaith. Welsh: nos da.`),
  yes(`U Deploy version 2.3 to staging
    C deploy {"version":"2.3","env":"staging"}
    R {"status":"started","job":55}
    C job_status {"job":55}
    R running
    C job_status {"job":55}
    R running
    C job_status {"job":55}
    R succeeded
    =
    A Version 2.3 is deployed to staging; job 55 succeeded.`),
  yes(`U Move my dentist appointment from Monday to Thursday afternoon
    C free_slots {"day":"Thursday"}
    R 14:00, 15:30
    A Thursday has 14:00 and 15:30. Which one?
    U 15:30 please
    C move_appointment {"to":"Thursday 15:30"}
    R moved
    =
    A Your dentist appointment is now on Thursday at 15:30.`),
  yes(`U What is 17 % of 2,340?
    C calculator {"expr":"2340*0.17"}
    R 397.8
    =
    A 17 % of 2,340 is 397.80.`),
  yes(`U Quel est le statut du colis 3398 ?
    C track {"id":"3398"}
    R {"status":"livré","date":"12 mai"}
    =
    A Le colis 3398 a été livré le 12 mai.`),
  yes(`U Explain what a mutex is
    A A lock that only one thread can hold at a time.
    U ok perfect, that helps. Can you show it in Python?
    =
    A Sure: import threading; lock = threading.Lock(); with lock: counter += 1`),
  yes(`U Send Tom the meeting notes
    C find_contact {"name":"Tom"}
    R [{"name":"Tom Berg","mail":"tom@x.example"}]
    C send_mail {"to":"tom@x.example","subject":"Meeting notes"}
    R {"id":"m-9","state":"sent"}
    =
    A I sent the meeting notes to Tom Berg (tom@x.example).`),
]
