import { allowedValues, runSettings, settingNames, type RunSettings } from './run-settings.js';

/**
 * A settings file (YAML) with every setting, its value, what it does and what is allowed.
 *
 * @param schema where its JSON Schema lies, relative to the file; editors with a YAML language server then check the file.
 */
export function settingsTemplate(settings: RunSettings, schema?: string): string {
  const schemaLine = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  const entries = settingNames.map(
    (name) => `# ${runSettings.shape[name].description} (${allowedValues(name)})\n${name}: ${settings[name]}\n`,
  );
  return `${schemaLine}# Settings of fractura run: fractura run --config THIS_FILE\n\n${entries.join('\n')}`;
}
