import type { Session } from './read-session.ts'

const no = (lines: string): Session => ({ completed: false, lines })

/** Sessions in which the user did not get what they came for. Written before the evaluator that they test. */
export const NOT_COMPLETED: readonly Session[] = [
  no(`U Book me a table for two tomorrow at 7 pm at Luigi's.
    C book_table {"restaurant":"Luigi's","guests":2,"time":"19:00"}
    E 500 Internal Server Error
    =
    A Your table for two at Luigi's is booked for tomorrow at 7 pm!`),
  no(`U What's the weather in Oslo?
    C get_weather {"city":"Oslo"}
    E timeout after 10 s
    =
    A I'm sorry, I was not able to get the weather for Oslo right now.`),
  no(`U Cancel my order 8812.
    C find_order {"id":8812}
    R {"id":8812,"state":"open"}
    =
    A I found your order 8812. Would you like me to go on?`),
  no(`U Cancel my order 8812.
    C find_order {"id":8812}
    R {"error":"not found"}
    C find_order {"id":8812}
    R {"error":"not found"}
    C find_order {"id":8812}
    R {"error":"not found"}
    =
    C find_order {"id":8812}`),
  no(`U Rename all .jpeg files in photos to .jpg
    C run {"cmd":"mv *.jpeg *.jpg"}
    E mv: target is not a directory
    C run {"cmd":"mv *.jpeg *.jpg"}
    E mv: target is not a directory
    C run {"cmd":"mv *.jpeg *.jpg"}
    E mv: target is not a directory
    =
    A I tried several times, but the command keeps failing.`),
  no(`U How do I export my data?
    A You can find it in the settings.
    U there is no such option in the settings
    A It is under Settings, Export.
    U No! That's not there. This is useless.
    =
    A It is under Settings, Export.`),
  no(`U Write a SQL query that lists customers without orders
    A SELECT * FROM customers;
    U That's wrong, it lists all of them
    A SELECT * FROM customers, orders;
    U still wrong
    =
    A I can't help with that.`),
  no(`U Fix the failing test in date.test.ts
    C run_tests {}
    R 1 failed, 11 passed
    C edit_file {"path":"date.test.ts","line":3}
    R ok
    C run_tests {}
    R Error: 3 failed, 9 passed
    =
    A I have made some changes. There may be further failures that you should look into yourself.`),
  no(`U Ich möchte meine Adresse ändern: Lindenweg 5, 50667 Köln.
    C update_address {"street":"Lindenweg 5"}
    E {"error":"zip missing"}
    =
    A Leider konnte ich Ihre Adresse nicht ändern. Bitte versuchen Sie es später noch einmal.`),
  no(`U Find me a flight from Porto to Berlin on 3 May under 150 euros
    C search_flights {"from":"OPO","to":"BER","date":"05-03"}
    E invalid date
    =
    A Berlin is a lovely city with many museums, and May is a good time for a visit.`),
  no(`U Summarise the report in reports/q3.pdf
    C read_pdf {"path":"reports/q3.pdf"}
    E file not found
    =
    A The report shows strong growth in all regions and a positive outlook.`),
  no(`U Reset my password
    A I need the mail address of your account to do so.
    U ada@example.com
    =
    A What is the mail address of your account?`),
  no(`U Create a ticket: printer on floor 3 is broken
    C create_ticket {"title":"Printer"}
    E 401 Unauthorized
    C create_ticket {"title":"Printer"}
    E 401 Unauthorized
    =
    A I don't have permission to create tickets. Please contact your administrator.`),
  no(`U Deploy version 2.3 to staging
    C deploy {"version":"2.3","env":"staging"}
    R {"status":"started","job":55}
    C job_status {"job":55}
    R running
    C job_status {"job":55}
    R failed: image not found
    =
    A The deployment of version 2.3 has been started.`),
  no(`U Move my dentist appointment from Monday to Thursday afternoon
    A I can help with that. When is your appointment?
    U On Monday, as I said
    A And to which day shall I move it?
    U I already told you: Thursday afternoon!
    =
    A Could you please tell me to which day you would like to move it?`),
  no(`U Añade leche y pan a mi lista de la compra
    C add_item {"item":"leche"}
    E lista no encontrada
    =
    A No he podido añadir los productos. Inténtalo más tarde.`),
  no(`U Can you read contracts?
    A Yes, in several languages.
    U Translate this contract into German
    =
    A I'm sorry, but I can't assist with that request.`),
  no(`U Is the shop in Graz open on Sunday?
    A Our shops are open from 9 to 18.
    U That's not what I asked. Is it open on SUNDAY?
    A We look forward to your visit in Graz.
    U You are not answering my question
    =
    A Is there anything else that I can do for you?`),
  no(`U Who is the CFO of Birk Ltd?
    C search {"q":"Birk Ltd CFO"}
    R []
    C search {"q":"Birk Ltd CFO"}
    R []
    C search {"q":"Birk Ltd CFO"}
    R []
    C search {"q":"Birk Ltd CFO"}
    R []
    =
    A I could not find who the CFO of Birk Ltd is.`),
  no(`U Send Tom the meeting notes
    C find_contact {"name":"Tom"}
    R [{"name":"Tom Berg"},{"name":"Tom Cole"}]
    C send_mail {"to":"Tom","subject":"Meeting notes"}
    E invalid recipient
    =
    C find_contact {"name":"Tom"}`),
  no(`U Make a CSV of our top customers by revenue
    C query {"sql":"select name revenue from customers"}
    E syntax error near revenue
    C query {"sql":"select name revenue from customers"}
    E syntax error near revenue
    =
    A `),
  no(`U Convert 250 g butter to cups
    A That is about 1.5 cups.
    U that's wrong
    A That is about 1.6 cups.
    U wrong again, are you guessing?
    A It is about 1.7 cups.
    U no!!
    =
    A It is about 1.8 cups.`),
  no(`U Quel est le statut du colis 3398 ?
    C track {"id":"3398"}
    E service indisponible
    =
    A Je suis désolé, je n’arrive pas à accéder au suivi pour le moment. Réessayez plus tard.`),
  no(`U Plan a three-day trip to Ghent with museums
    A Day 1: arrive.
    U Please plan all three days
    =
    A I would need more details. Which hotel will you stay in, what is your budget, and do you like walking?`),
]
