import { connectors } from "./connectors.fr.ts";

/** The help of the settings of SMS gateways in French. */
export const smsSettings = {
  any: connectors.any,
  http: {
    url: "Adresse qui prend un message. {to}, {number}, {text}, {from}, {id}, {user}, {key} et {report} tiennent la place de ce qui est envoyé.",
    key: "Le mot de passe, jeton ou clé : {key}.",
    authentication: "Comment {user} et {key} sont montrés en plus.",
    headers: "Un par ligne, comme X-Api-Key: {key}.",
    content: "Comment les valeurs sont écrites dans le corps.",
    body: 'Par exemple {"to": "{to}", "text": "{text}"}. Vide : il n’y en a pas.',
    success: "Expression qu’a une réponse si le message a été pris ; vide : selon l’état HTTP.",
    message_id: "Où est l’identifiant de la passerelle en JSON, par exemple messages.0.id.",
    message_id_expression: "Ou une expression dont le premier groupe est l’identifiant.",
    report_key:
      "Termine l’adresse où la passerelle annonce les remises, {report} : 16 lettres et chiffres au moins. Vide : elle n’annonce rien.",
    report_id: "Nom de l’identifiant dans ce qu’elle annonce.",
    report_status: "Nom de l’état dans ce qu’elle annonce.",
    report_delivered: "Expression des états qui disent : c’est arrivé.",
    report_failed: "Expression des états qui disent : cela n’arrivera pas.",
  },
  smpp: {
    host: "Nom ou adresse du centre de messages.",
    port: "D’habitude 2775.",
    tls: "Chiffré, par TLS.",
    system_id: "Le nom du compte (system_id).",
    system_type: "Selon l’opérateur.",
    alphabet: "Toujours UCS-2 si l’alphabet par défaut du centre n’est pas celui du GSM.",
    long_messages:
      "TWS donne un en-tête à chaque partie ; le centre reçoit le tout (message_payload).",
    receipts: "Demander l’annonce des remises.",
  },
  soap: {
    wsdl: "Adresse de la description du service.",
    key: "Donnée par le fournisseur : {key}.",
    user: "Si le service en demande un : {user}.",
    operation: "Qui envoie un message ; vide : la seule, ou sendSMS.",
    arguments:
      "Un par ligne, comme to: {number}. {to}, {number}, {text}, {from}, {id}, {user} et {key} tiennent la place de ce qui est envoyé.",
    endpoint: "Adresse interrogée, si elle n’est pas sur le serveur de la description.",
    success:
      "Expression qu’a la réponse si le message a été pris ; vide : tout ce qui n’est pas une erreur.",
  },
} as const;
