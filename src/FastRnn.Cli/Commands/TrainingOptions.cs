using System.CommandLine;

using FastRnn.Cli.Training;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary>The options of what trains: how long, from which seed, in which windows.</summary>
internal sealed class TrainingOptions
{
    private const int MostThreads = 256;

    public Option<long?> Steps { get; } = new Option<long?>("--steps").Positive();

    public Option<double?> Seconds { get; } = new Option<double?>("--seconds").Positive();

    public Option<int?> Seed { get; } = new Option<int?>("--seed")
    {
        Description = Invariant($"Of the first weights; {TrainingSettings.DefaultSeed}."),
    }.Between(int.MinValue, int.MaxValue);

    public Option<int?> Threads { get; } = new Option<int?>("--threads")
    {
        Description = "Worker threads; 0 is all processors. Weights do not depend on it.",
    }.Between(0, MostThreads);

    public Option<int?> BatchSize { get; } = new Option<int?>("--batch-size")
    {
        Description = Invariant($"Streams of text read side by side; {TrainingSettings.DefaultBatchSize}."),
    }.Between(1, TrainingSettings.LargestSize);

    public Option<int?> SequenceLength { get; } = new Option<int?>("--sequence-length")
    {
        Description = Invariant($"Steps after which the gradient is cut; {TrainingSettings.DefaultSequenceLength}."),
    }.Between(1, TrainingSettings.LargestSize);

    public Option<bool> Json { get; } = new("--json") { Description = "The last line of output is a JSON object." };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">What is as long as <c>--steps</c> and <c>--seconds</c> say.</param>
    public void AddTo(Command command, string what)
    {
        Steps.Description = $"{what}, in steps. Alone, the same seed gives the same weights.";
        Seconds.Description = Invariant($"{what}, in seconds; {TrainingPlan.DefaultSeconds} if --steps is not given either.");
        foreach (var option in (Option[])[Steps, Seconds, Seed, Threads, BatchSize, SequenceLength, Json])
            command.Add(option);
    }
}
