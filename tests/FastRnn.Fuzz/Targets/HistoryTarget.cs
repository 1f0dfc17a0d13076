using System.Globalization;
using System.Text.Json;

using FastRnn.Cli;
using FastRnn.Cli.Folders;
using FastRnn.Cli.History;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Sampling;
using FastRnn.Fuzz.Mutation;

namespace FastRnn.Fuzz.Targets;

/// <summary>The command line's <c>history.json</c>. A damaged one costs the curves and not the run, so it is refused by a note.</summary>
internal sealed class HistoryTarget : OwnTarget, ITrainingProgress
{
    private TrainingHistory? history;
    private string? note;

    public override string Name => "history";

    public override string Reader => "TrainingHistory.Read";

    public override string FileName => "history.json";

    public override byte[] Change(Random random, byte[] original) => SealedMutator.Change(random, original);

    public override string Numbers() => FuzzDigest.Of(string.Join(";", history!.Points) + string.Join(";", history.Validations)
        + string.Join(";", history.Samples));

    public void Note(FormattableString text) => note = PrintableText.Line(text.ToString(CultureInfo.InvariantCulture));

    public void Step(in TrainingStatus status)
    {
    }

    public void Mark(in TrainingStatus status)
    {
    }

    public void Sample(string text)
    {
    }

    protected override bool IsRefusal(Exception e) => e is NotedException;

    protected override void Read(string path)
    {
        note = null;
        history = TrainingHistory.Read(path, long.MaxValue, this);
        if (note is not null)
            throw new NotedException(note);
    }

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() =>
    [
        new(FileName, SealedText.Seal(JsonSerializer.SerializeToUtf8Bytes(
            new HistoryFile
            {
                FormatVersion = HistoryFile.CurrentVersion,
                Stride = 2,
                Points = [new(2, 5.5, 1, 2, 0.01, 1e6), new(4, 5.25, 0.5, 1, 0.01, 1e6)],
                Validations = [new(2, 5.5), new(4, 5)],
                Samples = [new(0, "aé"), new(4, "int x;\n")],
            },
            JsonTexts.Default.HistoryFile))),
    ];

    private sealed class NotedException(string note) : Exception(note);
}
