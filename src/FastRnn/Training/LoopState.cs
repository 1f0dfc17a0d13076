using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>What a run must remember besides the trainer's numbers, as texts of its checkpoint.</summary>
/// <param name="Source">Which batches it reads.</param>
/// <param name="BatchesPerStep">Batches of a step.</param>
/// <param name="Position">Batches read.</param>
/// <param name="Begin">Where the run began, and how its steps are counted; null in a file of 0.1.0, or where they were counted
/// otherwise.</param>
/// <param name="EpochLoss">The sum of this epoch's losses a position.</param>
/// <param name="EpochSteps">Steps of this epoch.</param>
/// <param name="ValidationLoss">The last one; null if there was none.</param>
/// <param name="Schedule">Kind and numbers of the schedule; empty if there is none.</param>
/// <param name="ScheduleState">What it remembers.</param>
/// <param name="Stopping">Kind and numbers of early stopping; empty if there is none.</param>
/// <param name="Best">The best validation loss, or the best of what early stopping looks at.</param>
/// <param name="BestStep">When it was measured.</param>
/// <param name="Waited">Measurements since then.</param>
/// <param name="Metrics">What is measured beside the loss; empty if nothing is.</param>
internal sealed record LoopState(
    string Source,
    int BatchesPerStep,
    long Position,
    LoopBegin? Begin,
    double EpochLoss,
    int EpochSteps,
    double? ValidationLoss,
    string Schedule,
    double[] ScheduleState,
    string Stopping,
    double Best,
    long BestStep,
    int Waited,
    string Metrics)
{
    private const string Prefix = "fastrnn.loop.";
    private const string Version = "1";

    /// <summary>These texts, and those of the caller.</summary>
    /// <exception cref="ArgumentException">One of the caller's has a name of these.</exception>
    public Dictionary<string, string> ToMetadata(IReadOnlyDictionary<string, string>? others)
    {
        var texts = others is null ? [] : new Dictionary<string, string>(others, StringComparer.Ordinal);

        // What was read from a checkpoint may be given back as it is: nothing of that run is left, also where this one says nothing.
        foreach (var key in texts.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToList())
            texts.Remove(key);
        Add("version", Version);
        Add("source", Source);
        Add("batches_per_step", Text(BatchesPerStep));
        Add("position", Text(Position));
        if (Begin is { } begin)
        {
            Add("first_step", Text(begin.Step));
            Add("first_position", Text(begin.Position));
            Add("batches_per_epoch", Text(begin.BatchesPerEpoch));
            if (begin.ValidateEvery is { } every)
                Add("validate_every", Text(every));
        }

        Add("epoch_loss", Text(EpochLoss));
        Add("epoch_steps", Text(EpochSteps));
        if (ValidationLoss is { } validation)
            Add("validation_loss", Text(validation));
        Add("schedule", Schedule);
        Add("schedule_state", string.Join(' ', ScheduleState.Select(Text)));
        Add("stopping", Stopping);
        Add("best_loss", Text(Best));
        Add("best_step", Text(BestStep));
        Add("waited", Text(Waited));
        if (Metrics.Length > 0)
            Add("metrics", Metrics);
        return texts;

        void Add(string key, string text) => texts[Prefix + key] = text;
    }

    /// <summary>From texts, which may be anything.</summary>
    /// <exception cref="ModelFileException">Something is missing or out of its range.</exception>
    public static LoopState FromMetadata(IReadOnlyDictionary<string, string> texts, string path)
    {
        if (Get("version") != Version)
            throw new ModelFileException(path, $"metadata '{Prefix}version': expected '{Version}', got '{Get("version")}'");

        return new LoopState(
            Get("source"),
            (int)Whole("batches_per_step", int.MaxValue),
            Whole("position", long.MaxValue),
            !texts.ContainsKey(Prefix + "first_step") ? null : new LoopBegin(
                Whole("first_step", long.MaxValue), Whole("first_position", long.MaxValue),
                (int)Whole("batches_per_epoch", int.MaxValue),
                texts.ContainsKey(Prefix + "validate_every") ? (int)Whole("validate_every", int.MaxValue) : null),
            Real("epoch_loss", Get("epoch_loss")),
            (int)Whole("epoch_steps", int.MaxValue),
            texts.TryGetValue(Prefix + "validation_loss", out var validation) ? Real("validation_loss", validation) : null,
            Get("schedule"),
            [.. Get("schedule_state").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => Real("schedule_state", number))],
            Get("stopping"),
            Real("best_loss", Get("best_loss")),
            Whole("best_step", long.MaxValue),
            (int)Whole("waited", int.MaxValue),
            texts.GetValueOrDefault(Prefix + "metrics", ""));

        string Get(string key) => texts.TryGetValue(Prefix + key, out var text)
            ? text
            : throw new ModelFileException(
                path, $"metadata '{Prefix + key}' is missing: this checkpoint was not written by a training loop");

        long Whole(string key, long most) =>
            long.TryParse(Get(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most
                ? value
                : throw new ModelFileException(
                    path, $"metadata '{Prefix + key}': expected a whole number from 0 to {Text(most)}, got '{Get(key)}'");

        double Real(string key, string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ModelFileException(path, $"metadata '{Prefix + key}': expected a number, got '{text}'");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("r", CultureInfo.InvariantCulture);
}
