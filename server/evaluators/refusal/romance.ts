import { anyOf, phrases } from '../phrases.ts'
import type { RefusalPhrases } from './phrases.ts'

export const french: RefusalPhrases = {
  refuses: phrases(
    'je refuse|je décline|je (?:dois|préfère|préférerais) (?:refuser|décliner|ne pas)',
    'contraire (?:à|aux) (?:mes|nos|ma|notre|la|les)|(?:enfreint|viole) (?:mes|nos|les|ma|notre)',
    "je ne (?:peux|puis) (?:répondre|aider) qu'(?:à|aux|avec)",
    '(?:inapproprié|déplacé) (?:de ma part|pour moi)',
  ),
  unable: phrases(
    '(?:je|nous) ne (?:peux|pourrai|puis|vais|veux|dois|pouvons|souhaite|saurais)',
    "je ne suis (?:malheureusement )?pas (?:en mesure|capable|autorisée?|habilitée?|programmée?|à l'aise)",
    "m'est (?:malheureusement )?(?:impossible|interdit)",
    "je n'ai pas (?:la possibilité|la capacité|le droit|l'autorisation)",
    'je ne (?:fournis|propose|donne|discute) pas',
  ),
  namesDeed: anyOf(`
    aider assister répondre fournir fournis donner écrire rédiger créer générer produire partager communiquer révéler divulguer
    expliquer décrire discuter parler participer collaborer satisfaire accéder faire proposer conseiller recommander traduire
    prédire continuer encourager soutenir indiquer montrer exécuter accomplir traiter conseil conseils diagnostic diagnostics`),
  abstains: phrases(
    "je ne (?:le )?sais pas|je n'ai (?:rien|pas|malheureusement rien|malheureusement pas) trouvé|je n'ai trouvé (?:aucune?|rien)",
    '(?:trouve|trouvons) pas|ne (?:mentionne|mentionnent|contient|contiennent|précise|précisent|dit|disent|indique|indiquent)',
    "aucune? (?:informations?|mention|précision|élément)|pas (?:assez |suffisamment )?d'(?:informations?|éléments)",
    "(?:dans|selon|d'après|à partir de?) (?:les?|la|ces?|cette|des?|du) ..1 (?:documents?|textes?|sources?|contexte|extraits?)",
    'pouvez-vous|pourriez-vous|veuillez (?:préciser|fournir|indiquer)',
  ),
  goesOn: / (?:mais|cependant|toutefois|néanmoins|voici|en revanche|en général|par contre) /,
  refers:
    / (?:consultez|contactez|adressez|vous (?:pouvez|pourriez|devriez)|je vous (?:conseille|recommande|invite)|veuillez) /,
}

export const spanish: RefusalPhrases = {
  refuses: phrases(
    'me niego|rechazo|prefiero no|(?:debo|tengo que) (?:rechazar|negarme|declinar)',
    'va (?:en )?contra (?:de )?(?:mis|nuestras|las|los)|(?:infringe|viola) (?:mis|nuestras|las)',
    'solo puedo (?:ayudar|responder)|sería (?:inapropiado|poco ético)',
  ),
  unable: phrases(
    'no (?:lo |la |te |le |les |se lo )?(?:puedo|podré|podemos|podría|voy a|quiero|debo)',
    'no (?:soy capaz|estoy en condiciones|estoy autorizad[oa]|estoy programad[oa]|estoy en capacidad)',
    'no (?:tengo|se me) (?:permitido|permite|permiso|autorización|la capacidad|la posibilidad|acceso)',
    'no me (?:es posible|está permitido)',
  ),
  namesDeed: anyOf(`
    ayudar* asistir* responder* proporcionar* dar darte darle ofrecer* escribir* redactar* crear* generar* producir* compartir*
    revelar* divulgar* explicar* describir* discutir* hablar* participar* colaborar* cumplir* satisfacer* hacer hacerlo
    recomendar* aconsejar* traducir* predecir* continuar* apoyar* mostrar* facilitar* realizar* ejecutar* procesar* atender*
    acceder* diagnóstico*`),
  abstains: phrases(
    'no (?:lo )?sé|no (?:he )?(?:encontré|encontrado|encuentro|hallé|hallado)',
    'no (?:se )?(?:menciona|mencionan|contiene|contienen|indica|indican|especifica|especifican|dice|dicen|aparece|aparecen)',
    'no hay (?:suficiente |ninguna |más )?(?:información|datos|mención)',
    '(?:en|según|a partir de|con) (?:el|la|los|las|este|estos) ..1 (?:documentos?|textos?|fuentes?|contexto|fragmentos?)',
    '(?:podrías?|puedes?) (?:darme|decirme|indicarme|proporcionar|proporcionarme|compartir)',
  ),
  goesOn: / (?:pero|sin embargo|no obstante|aun así|en cambio|aquí (?:tienes|está|están)|en general) /,
  refers:
    / (?:consulta|consulte|contacta|contacte|acude|acuda|puedes|puede usted|podrías|te (?:recomiendo|sugiero)|por favor) /,
}

export const italian: RefusalPhrases = {
  refuses: phrases(
    'mi rifiuto|rifiuto di|devo (?:rifiutare|declinare)|preferisco non|preferirei non',
    'contrari[ao] (?:alle|ai|alla) (?:mie|miei|nostre|linee|regole)|viola (?:le|i|la) (?:mie|nostre|linee)',
    'contro le (?:mie|nostre|linee)|posso (?:solo|soltanto) (?:aiutarti|aiutarla|aiutarvi|aiutare|rispondere)|sarebbe (?:inappropriato|scorretto)',
  ),
  unable: phrases(
    'non (?:posso|potrò|possiamo|potrei|voglio|intendo|devo)',
    'non sono (?:purtroppo )?(?:in grado|autorizzat[oa]|capace|programmat[oa])',
    "non (?:mi è|m'è|è per me) (?:consentito|permesso|possibile)",
    "non ho (?:il permesso|l'autorizzazione|la capacità|la possibilità|accesso)",
  ),
  namesDeed: anyOf(`
    aiutar* assister* risponder* fornir* dare darti darle offrir* scriver* redigere crear* generare produrre condivider* rivelare
    divulgare spiegar* descrivere discutere parlar* partecipare collaborare soddisfare esaudire fare farlo consigliar*
    raccomandare tradurre prevedere continuare sostenere mostrar* eseguire accedere dirti dirle diagnosi`),
  abstains: phrases(
    'non (?:lo )?so|non (?:ho )?(?:trovo|trovato)',
    'non (?:viene |vengono |è |sono )?(?:menziona|menzionano|menzionat[oaie]|contiene|contengono|indica|indicano|indicat[oaie]|specifica|specificat[oaie]|dice|dicono)',
    'non ci sono (?:abbastanza )?(?:informazioni|dati)',
    '(?:nei|nel|nelle|dai|dal|dalle|secondo i?l?|in base ai?) ..1 (?:documenti|testo|testi|fonti|contesto|estratti) non',
    '(?:puoi|potresti|può|potrebbe) (?:dirmi|fornire|fornirmi|indicare|indicarmi|condividere)',
  ),
  goesOn: / (?:ma|però|tuttavia|ciononostante|invece|ecco|in generale) /,
  refers:
    / (?:consulta|consulti|contatta|contatti|rivolgiti|si rivolga|puoi|potresti|ti (?:consiglio|suggerisco)|per favore) /,
}

export const portuguese: RefusalPhrases = {
  refuses: phrases(
    'recuso|recuso-me|me recuso|devo (?:recusar|declinar)|tenho (?:de|que) recusar|prefiro não|preferia não',
    'contra (?:as|os) (?:minhas|meus|nossas|diretrizes|políticas)|viola (?:as|os) (?:minhas|nossas|diretrizes|políticas)',
    'só posso (?:ajudar|responder)|seria (?:inadequado|antiético)',
  ),
  unable: phrases(
    'não (?:posso|poderei|podemos|poderia|consigo|vou|quero|devo)',
    'não (?:sou capaz|estou autorizad[oa]|estou em condições|estou programad[oa])',
    'não (?:tenho|me é|me está) (?:permissão|autorização|permitido|possível|capacidade|a capacidade|acesso)',
    'não é possível para mim',
  ),
  namesDeed: anyOf(`
    ajudar* ajudá-l* auxiliar responder fornecer dar oferecer escrever redigir criar gerar produzir compartilhar partilhar revelar
    divulgar explicar descrever discutir falar participar colaborar cumprir atender satisfazer fazer recomendar aconselhar
    traduzir prever continuar apoiar mostrar realizar executar processar acessar aceder diagnóstico*`),
  abstains: phrases(
    'não (?:o )?sei|não (?:encontrei|encontro|achei|localizei)',
    'não (?:é |são )?(?:menciona|mencionam|mencionad[ao]s?|contêm|contém|indica|indicam|indicad[ao]s?|especifica|especificad[ao]s?|diz|dizem|consta)',
    'não há (?:informações|informação|dados|menção)',
    '(?:nos|no|nas|dos|do|com base nos?|segundo os?) ..1 (?:documentos?|textos?|fontes?|contexto|trechos?) não',
    '(?:pode|poderia|podes) (?:me )?(?:dizer|fornecer|indicar|informar|partilhar|compartilhar)',
  ),
  goesOn: / (?:mas|porém|no entanto|contudo|todavia|em vez disso|aqui (?:está|estão)|em geral) /,
  refers: / (?:consulte|consulta|contacte|contate|procure|você pode|pode|recomendo|sugiro|por favor) /,
}
