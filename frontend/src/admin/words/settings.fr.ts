import { calendars } from "./calendars.fr.ts";
import { connectors } from "./connectors.fr.ts";
import { smsSettings } from "./smsSettings.fr.ts";

/** The help of settings in French, by whose they are; in English it comes with the setting itself. */
export const settingHelp = {
  directories: connectors,
  calendars,
  sms: smsSettings,
  links: {
    host: "Adresse ou nom du serveur du PBX.",
    port: "Port TCP ; vide : celui d’usage (3211 sur A5000, 5038 sur Asterisk).",
    pbx_type: "Type du PBX ; il donne à tout ce qui suit sa valeur d’usage.",
    tls: "Chiffrer la connexion.",
    ca_file:
      "Autorité de certification du serveur : fichier PEM sur cette machine ; vide : celles du système.",
    verify: "Vérifier le certificat du serveur.",
    user: "Nom d’utilisateur, si le PBX en demande un.",
    password: "Mot de passe de cet utilisateur.",
    pbx_domain: "Domaine PBX, si l’écriture des postes en contient un : sip:{n}@{domain}.",
    edition: "Édition d’ECMA-323 à écrire.",
    session: "Session d’application (ECMA-354) ; auto : essayée, abandonnée si elle est refusée.",
    session_duration: "Durée d’une session en secondes, sauf renouvellement.",
    heartbeat: "Secondes de silence avant de demander au PBX s’il est là.",
    timeout: "Secondes laissées au PBX pour répondre.",
    device_id:
      "Écriture des postes : {n}, N<{n}>, tel:{n} ou sip:{n}@{domain} ; vide : celle de ce type de PBX.",
    framing: "j2 : en-tête d’ECMA-323 annexe J.2 ; nul : chaque message finit par un octet nul.",
    first: "Qui parle le premier une fois connecté.",
    register: "SystemRegister : demander les messages sur l’état du PBX.",
    features: "GetCSTAFeatures : demander au PBX ses services.",
    context: "Contexte du plan de numérotation d’où les postes appellent.",
    cti_context: "Nom du contexte à ajouter pour TWS.",
    device_template: "Canal d’un poste ; {n} est son numéro.",
    answer:
      "Comment répondre sur un poste qui sonne : NOTIFY talk, nouvelle sonnerie avec réponse automatique, ou l’un puis l’autre.",
    voice_mail_context: "Section de voicemail.conf où sont les boîtes vocales.",
    parking_lot: "Parking des appels parqués.",
    event_filter: "Laisser Asterisk taire les événements inutiles.",
    answer_timeout: "Secondes laissées à Asterisk pour répondre.",
  },
} as const;
