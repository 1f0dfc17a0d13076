using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Cli.Training;

/// <summary>What a checkpoint remembers beside the trainer's numbers.</summary>
/// <param name="Settings">What decides the weights.</param>
/// <param name="Plan">How long it was to train.</param>
/// <param name="Seconds">Time spent on the plan.</param>
/// <param name="Steps">Steps so far.</param>
/// <param name="Position">Windows read so far.</param>
/// <param name="TextPath">The file of text; null is the embedded corpus.</param>
/// <param name="TextHash">SHA-256 of the text.</param>
/// <param name="Configuration">What the model is made of, as <c>config.json</c> says it without its hash; null in files of earlier
/// versions.</param>
internal sealed record RunTexts(
    TrainingSettings Settings, TrainingPlan Plan, double Seconds, long Steps, long Position, string? TextPath, string TextHash,
    string? Configuration)
{
    private const string Prefix = "fastrnn.run.";

    private static readonly string[] Known =
    [
        "cell", "seed", "batch_size", "sequence_length", "learning_rate", "plan_steps", "plan_seconds", "seconds", "steps", "position",
        "text", "text_sha256", "configuration",
    ];

    public bool PlanIsDone => Plan.Progress(Steps, Seconds) >= 1;

    /// <summary>As a checkpoint's metadata.</summary>
    public Dictionary<string, string> ToMetadata()
    {
        var texts = new Dictionary<string, string>();
        Add("cell", Settings.Cell);
        Add("seed", Settings.Seed);
        Add("batch_size", Settings.BatchSize);
        Add("sequence_length", Settings.SequenceLength);
        Add("learning_rate", Settings.LearningRate);
        Add("plan_steps", Plan.Steps);
        Add("plan_seconds", Plan.Seconds);
        Add("seconds", Seconds);
        Add("steps", Steps);
        Add("position", Position);
        Add("text", TextPath);
        Add("text_sha256", TextHash);
        Add("configuration", Configuration);
        return texts;

        void Add(string key, object? value)
        {
            if (value is not null)
            {
                texts[Prefix + key] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            }
        }
    }

    /// <summary>From a checkpoint's metadata, which may be anything.</summary>
    /// <exception cref="ModelFileException">Something is missing or out of range.</exception>
    public static RunTexts FromMetadata(IReadOnlyDictionary<string, string> texts, string path)
    {
        if (texts.Keys.FirstOrDefault(key => key.StartsWith(Prefix, StringComparison.Ordinal) && !Known.Contains(key[Prefix.Length..]))
            is { } unknown)
        {
            throw new ModelFileException(
                path, $"metadata '{unknown}' is unknown: the file is damaged, or of a later version of FastRnn");
        }

        var settings = new TrainingSettings(
            Text("cell"),
            (int)Whole("seed", int.MinValue, int.MaxValue),
            (int)Whole("batch_size", 1, TrainingSettings.LargestSize),
            (int)Whole("sequence_length", 1, TrainingSettings.LargestSize),
            (float)Real("learning_rate"));
        var plan = new TrainingPlan(
            Has("plan_steps") ? Whole("plan_steps", 1, long.MaxValue) : null,
            Has("plan_seconds") ? Real("plan_seconds") : null);
        return new RunTexts(
            settings,
            plan,
            Real("seconds"),
            Whole("steps", 0, long.MaxValue),
            Whole("position", 0, long.MaxValue),
            Has("text") ? Text("text") : null,
            Text("text_sha256"),
            Has("configuration") ? Text("configuration") : null);

        bool Has(string key) => texts.ContainsKey(Prefix + key);

        string Text(string key) => texts.TryGetValue(Prefix + key, out var text)
            ? text
            : throw new ModelFileException(
                path, $"metadata '{Prefix + key}' is missing: this checkpoint was not written by 'fastrnn train'");

        long Whole(string key, long least, long most) =>
            long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least
                && value <= most
                ? value
                : throw new ModelFileException(
                    path, $"metadata '{Prefix + key}': expected a whole number from {least} to {most}, got '{Text(key)}'");

        double Real(string key) =>
            double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                && value >= 0
                ? value
                : throw new ModelFileException(path, $"metadata '{Prefix + key}': expected a number from 0, got '{Text(key)}'");
    }
}
