namespace FastRnn.Samples.Keywords;

/// <summary>The twelve classes, as in Warden, "Speech Commands: a dataset for limited-vocabulary speech recognition" (2018): ten words,
/// other words, and no word.</summary>
internal static class Keyword
{
    public const int Words = 10, Unknown = 10, Silence = 11, Classes = 12;

    private static readonly string[] Names = ["yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go", "unknown", "silence"];

    /// <summary>The name of a class.</summary>
    public static string Name(int index) => Names[index];
}
