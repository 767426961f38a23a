/** Rows of the organisation as the API gives them, under the names of the pages. */
import type * as Api from "../shared/api/types.generated.ts";

export type {
  AdministratorRow as Administrator,
  CalendarConnectorValue as CalendarConnector,
  CollaborationStateValue as CollaborationState,
  CompanyRow as Company,
  ConnectorValue as Connector,
  DeviceRow as UserDevice,
  DialectValue as Dialect,
  DomainRow as Domain,
  GranteeKind,
  GrantKind,
  GrantKindValue as GrantType,
  GrantRow as Grant,
  GroupRow as Group,
  IntercomGroupRow as IntercomGroup,
  Level as ParameterLevel,
  ParameterDefinition as Parameter,
  ObjectKind,
  ParameterValueRow as ParameterValue,
  QueueRow as Queue,
  RightReason,
  RightValue as Right,
  RightVerdict,
  RunValue as Run,
  ScimConnectionRow as ScimConnection,
  SettingValue as Setting,
  SmsConnectorValue as SmsConnector,
  SmsProviderStateValue as SmsProviderState,
  SnippetValue as Snippet,
  UserImportRunValue as UserImportRun,
  UserRow as User,
} from "../shared/api/types.generated.ts";

/** What one field of a form holds. */
export type SettingValue = Api.SettingValue["default"];

/** The values of its settings are those of the fields of its dialect. */
export type Link = Omit<Api.LinkRow, "settings"> & { settings: Record<string, SettingValue> };

/** The values of its settings are those of the fields of its connector. */
export type Directory = Omit<Api.DirectoryRow, "settings"> & {
  settings: Record<string, SettingValue>;
};

/** The values of its settings are those of the fields of its connector. */
export type UserImport = Omit<Api.UserImportRow, "settings"> & {
  settings: Record<string, SettingValue>;
};

/** The values of its settings are those of the fields of its connector. */
export type CollaborationSource = Omit<Api.CollaborationSourceRow, "settings"> & {
  settings: Record<string, SettingValue>;
};

/** The values of its settings are those of the fields of its connector. */
export type SmsProvider = Omit<Api.SmsProviderRow, "settings"> & {
  settings: Record<string, SettingValue>;
};
