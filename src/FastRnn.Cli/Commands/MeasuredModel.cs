using System.CommandLine;

using FastRnn.Cli.Bench;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary>What commands that measure a model ask for: the model, and a batch of it.</summary>
internal sealed class MeasuredModel
{
    /// <summary>The most threads.</summary>
    public const int MostThreads = 256;

    /// <summary>Asks for it.</summary>
    /// <param name="steps">What is as long as <c>--sequence-length</c> says.</param>
    public MeasuredModel(string steps) => Length = new Option<int?>("--sequence-length")
    {
        Description = Invariant($"{steps}; {BenchRequest.DefaultSequenceLength}."),
    }.Between(1, BenchRequest.LargestSize);

    public Argument<string> Model { get; } = new Argument<string>("MODEL")
    {
        Description = "The folder of a trained or imported model, or a C# file with a [Model] (model.cs, model.cs:Name).",
    }.NoOption();

    public Option<int?> Batch { get; } = new Option<int?>("--batch-size")
    {
        Description = Invariant($"Sequences of a batch; {BenchRequest.DefaultBatchSize}."),
    }.Between(1, BenchRequest.LargestSize);

    public Option<int?> Length { get; }
}
