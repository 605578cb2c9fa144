-- The tables of a project of Discourse Network Analyzer 3.0 (which 3.1 opens, too) and what every such file begins
-- with: the coder, the two usual types of statements, and ours. Names and limits are that tool's.

-- The version whose tables these are.
CREATE TABLE SETTINGS (
    Property TEXT PRIMARY KEY,
    Value TEXT NOT NULL);
INSERT INTO SETTINGS VALUES ('version', '3.0.11'), ('date', '2023-12-03');

-- Who codes. Password: in base64, 16 bytes of salt and SHA-256, 100,000 times over salt and password.
CREATE TABLE CODERS (
    ID INTEGER NOT NULL PRIMARY KEY,
    Name TEXT NOT NULL CHECK (LENGTH(Name) < 191),
    Red INTEGER NOT NULL DEFAULT 0 CHECK (Red BETWEEN 0 AND 255),
    Green INTEGER NOT NULL DEFAULT 0 CHECK (Green BETWEEN 0 AND 255),
    Blue INTEGER NOT NULL DEFAULT 0 CHECK (Blue BETWEEN 0 AND 255),
    Refresh INTEGER NOT NULL DEFAULT 0 CHECK (Refresh BETWEEN 0 AND 9999),
    FontSize INTEGER NOT NULL DEFAULT 14 CHECK (FontSize BETWEEN 1 AND 99),
    Password TEXT NOT NULL CHECK (LENGTH(Password) < 191),
    PopupWidth INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999),
    ColorByCoder INTEGER NOT NULL DEFAULT 0 CHECK (ColorByCoder BETWEEN 0 AND 1),
    PopupDecoration INTEGER NOT NULL DEFAULT 0 CHECK (PopupDecoration BETWEEN 0 AND 1),
    PopupAutoComplete INTEGER NOT NULL DEFAULT 1 CHECK (PopupAutoComplete BETWEEN 0 AND 1),
    PermissionAddDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionAddDocuments BETWEEN 0 AND 1),
    PermissionEditDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditDocuments BETWEEN 0 AND 1),
    PermissionDeleteDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionDeleteDocuments BETWEEN 0 AND 1),
    PermissionImportDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionImportDocuments BETWEEN 0 AND 1),
    PermissionAddStatements INTEGER NOT NULL DEFAULT 1 CHECK (PermissionAddStatements BETWEEN 0 AND 1),
    PermissionEditStatements INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditStatements BETWEEN 0 AND 1),
    PermissionDeleteStatements INTEGER NOT NULL DEFAULT 1 CHECK (PermissionDeleteStatements BETWEEN 0 AND 1),
    PermissionEditAttributes INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditAttributes BETWEEN 0 AND 1),
    PermissionEditRegex INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditRegex BETWEEN 0 AND 1),
    PermissionEditStatementTypes INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditStatementTypes BETWEEN 0 AND 1),
    PermissionEditCoders INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditCoders BETWEEN 0 AND 1),
    PermissionEditCoderRelations INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditCoderRelations BETWEEN 0 AND 1),
    PermissionViewOthersDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionViewOthersDocuments BETWEEN 0 AND 1),
    PermissionEditOthersDocuments INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditOthersDocuments BETWEEN 0 AND 1),
    PermissionViewOthersStatements INTEGER NOT NULL DEFAULT 1 CHECK (PermissionViewOthersStatements BETWEEN 0 AND 1),
    PermissionEditOthersStatements INTEGER NOT NULL DEFAULT 1 CHECK (PermissionEditOthersStatements BETWEEN 0 AND 1));
-- The password is "synoptic".
INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password)
VALUES (1, 'Admin', 255, 255, 0, 'c3lub3B0aWMtZG5hLXByb7vxu9ukl8xaPfDqgJn83QEKU77L4ZVAPs6GMjdYB6JP');

-- What coders may do with each other's work.
CREATE TABLE CODERRELATIONS (
    ID INTEGER NOT NULL PRIMARY KEY,
    Coder INTEGER CHECK (Coder > 0),
    OtherCoder INTEGER CHECK (OtherCoder > 0),
    viewStatements INTEGER NOT NULL DEFAULT 1 CHECK (viewStatements BETWEEN 0 AND 1),
    editStatements INTEGER NOT NULL DEFAULT 1 CHECK (editStatements BETWEEN 0 AND 1),
    viewDocuments INTEGER NOT NULL DEFAULT 1 CHECK (viewDocuments BETWEEN 0 AND 1),
    editDocuments INTEGER NOT NULL DEFAULT 1 CHECK (editDocuments BETWEEN 0 AND 1),
    CHECK (Coder != OtherCoder),
    FOREIGN KEY (Coder) REFERENCES CODERS (ID) ON DELETE CASCADE,
    FOREIGN KEY (OtherCoder) REFERENCES CODERS (ID) ON DELETE CASCADE);

-- Articles; Date counts seconds since 1970.
CREATE TABLE DOCUMENTS (
    ID INTEGER NOT NULL PRIMARY KEY,
    Title TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Title) < 191),
    Text TEXT NOT NULL,
    Coder INTEGER,
    Author TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Author) < 191),
    Source TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Source) < 191),
    Section TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Section) < 191),
    Notes TEXT NOT NULL DEFAULT '',
    Type TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Type) < 191),
    Date INTEGER NOT NULL,
    FOREIGN KEY (Coder) REFERENCES CODERS (ID) ON DELETE CASCADE);

-- Types of statements.
CREATE TABLE STATEMENTTYPES (
    ID INTEGER NOT NULL PRIMARY KEY,
    Label TEXT NOT NULL CHECK (LENGTH(Label) < 191),
    Red INTEGER NOT NULL DEFAULT 0 CHECK (Red BETWEEN 0 AND 255),
    Green INTEGER NOT NULL DEFAULT 0 CHECK (Green BETWEEN 0 AND 255),
    Blue INTEGER NOT NULL DEFAULT 0 CHECK (Blue BETWEEN 0 AND 255));
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51), (2, 'Annotation', 211, 211, 211),
    (3, 'Without a side', 170, 200, 220);

-- What statements of a type say.
CREATE TABLE VARIABLES (
    ID INTEGER NOT NULL PRIMARY KEY,
    Variable TEXT NOT NULL CHECK (LENGTH(Variable) < 191),
    DataType TEXT NOT NULL DEFAULT 'short text'
        CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')),
    StatementTypeId INTEGER,
    FOREIGN KEY (StatementTypeId) REFERENCES STATEMENTTYPES (ID) ON DELETE CASCADE,
    UNIQUE (Variable, StatementTypeId));
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2),
    (6, 'stance', 'short text', 1), (7, 'record', 'long text', 1), (8, 'person', 'short text', 3),
    (9, 'organization', 'short text', 3), (10, 'concept', 'short text', 3), (13, 'stance', 'short text', 3),
    (14, 'record', 'long text', 3);

-- Variables that belong together.
CREATE TABLE VARIABLELINKS (
    ID INTEGER NOT NULL PRIMARY KEY,
    SourceVariableId INTEGER,
    TargetVariableId INTEGER,
    CHECK (TargetVariableId != SourceVariableId),
    FOREIGN KEY (SourceVariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE,
    FOREIGN KEY (TargetVariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE);

-- What is to be marked in the texts.
CREATE TABLE REGEXES (
    Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191),
    Red INTEGER NOT NULL DEFAULT 0 CHECK (Red BETWEEN 0 AND 255),
    Green INTEGER NOT NULL DEFAULT 0 CHECK (Green BETWEEN 0 AND 255),
    Blue INTEGER NOT NULL DEFAULT 0 CHECK (Blue BETWEEN 0 AND 255));

-- Places in documents, in UTF-16 units.
CREATE TABLE STATEMENTS (
    ID INTEGER NOT NULL PRIMARY KEY,
    StatementTypeId INTEGER,
    DocumentId INTEGER,
    Start INTEGER NOT NULL CHECK (Start >= 0),
    Stop INTEGER NOT NULL CHECK (Stop >= 0),
    Coder INTEGER,
    CHECK (Start < Stop),
    FOREIGN KEY (StatementTypeId) REFERENCES STATEMENTTYPES (ID) ON DELETE CASCADE,
    FOREIGN KEY (Coder) REFERENCES CODERS (ID) ON DELETE CASCADE,
    FOREIGN KEY (DocumentId) REFERENCES DOCUMENTS (ID) ON DELETE CASCADE);

-- The words that short texts hold.
CREATE TABLE ENTITIES (
    ID INTEGER NOT NULL PRIMARY KEY,
    VariableId INTEGER NOT NULL,
    Value TEXT NOT NULL DEFAULT '' CHECK (LENGTH(Value) < 191),
    Red INTEGER CHECK (Red BETWEEN 0 AND 255),
    Green INTEGER CHECK (Green BETWEEN 0 AND 255),
    Blue INTEGER CHECK (Blue BETWEEN 0 AND 255),
    ChildOf INTEGER CHECK (ChildOf > 0),
    UNIQUE (VariableId, Value),
    FOREIGN KEY (ChildOf) REFERENCES ENTITIES (ID) ON DELETE CASCADE,
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE);

-- What statements say: yes or no.
CREATE TABLE DATABOOLEAN (
    ID INTEGER NOT NULL PRIMARY KEY,
    StatementId INTEGER NOT NULL,
    VariableId INTEGER NOT NULL,
    Value INTEGER NOT NULL DEFAULT 1,
    FOREIGN KEY (StatementId) REFERENCES STATEMENTS (ID) ON DELETE CASCADE,
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE,
    UNIQUE (StatementId, VariableId));
-- Numbers.
CREATE TABLE DATAINTEGER (
    ID INTEGER NOT NULL PRIMARY KEY,
    StatementId INTEGER NOT NULL,
    VariableId INTEGER NOT NULL,
    Value INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (StatementId) REFERENCES STATEMENTS (ID) ON DELETE CASCADE,
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE,
    UNIQUE (StatementId, VariableId));
-- Texts of any length.
CREATE TABLE DATALONGTEXT (
    ID INTEGER NOT NULL PRIMARY KEY,
    StatementId INTEGER NOT NULL,
    VariableId INTEGER NOT NULL,
    Value TEXT DEFAULT '',
    FOREIGN KEY (StatementId) REFERENCES STATEMENTS (ID) ON DELETE CASCADE,
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE,
    UNIQUE (StatementId, VariableId));
-- Entities.
CREATE TABLE DATASHORTTEXT (
    ID INTEGER NOT NULL PRIMARY KEY,
    StatementId INTEGER NOT NULL,
    VariableId INTEGER NOT NULL,
    Entity INTEGER NOT NULL,
    FOREIGN KEY (Entity) REFERENCES ENTITIES (ID) ON DELETE CASCADE,
    FOREIGN KEY (StatementId) REFERENCES STATEMENTS (ID) ON DELETE CASCADE,
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE,
    UNIQUE (StatementId, VariableId));

-- What is known of entities.
CREATE TABLE ATTRIBUTEVARIABLES (
    ID INTEGER NOT NULL PRIMARY KEY,
    VariableId INTEGER NOT NULL,
    AttributeVariable TEXT NOT NULL DEFAULT '' CHECK (LENGTH(AttributeVariable) < 191),
    UNIQUE (VariableId, AttributeVariable),
    FOREIGN KEY (VariableId) REFERENCES VARIABLES (ID) ON DELETE CASCADE);
INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable)
SELECT v.ID, a.column2 FROM VARIABLES v JOIN (VALUES (1, 'Type'), (2, 'Alias'), (3, 'Notes')) a
WHERE v.DataType = 'short text' ORDER BY v.ID, a.column1;

-- Of one entity.
CREATE TABLE ATTRIBUTEVALUES (
    ID INTEGER NOT NULL PRIMARY KEY,
    EntityId INTEGER NOT NULL,
    AttributeVariableId INTEGER NOT NULL,
    AttributeValue TEXT NOT NULL DEFAULT '' CHECK (LENGTH(AttributeValue) < 191),
    UNIQUE (EntityId, AttributeVariableId),
    FOREIGN KEY (EntityId) REFERENCES ENTITIES (ID) ON DELETE CASCADE,
    FOREIGN KEY (AttributeVariableId) REFERENCES ATTRIBUTEVARIABLES (ID) ON DELETE CASCADE);
