using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Samples.Common;

/// <summary>One run of a sample: what the user asked for, and what comes out.</summary>
internal sealed class SampleRun(CommonOptions common, Options options, TextWriter output, bool isTerminal, CancellationToken interrupt)
{
    private readonly List<Figure> figures = [];
    private readonly Progress progress = new(output, isTerminal);

    /// <summary>The sample's own options.</summary>
    public Options Options { get; } = options;

    /// <summary>Of data and first weights.</summary>
    public int Seed => common.Seed;

    /// <summary>Whether this is the short version, which tests run: less data, fewer steps, a modest goal.</summary>
    public bool Quick => common.Quick;

    /// <summary>Ctrl-C. <see cref="Steps"/> ends by itself then; a long loop of another kind asks for it.</summary>
    public CancellationToken Interrupt { get; } = interrupt;

    /// <summary>Steps of training so far.</summary>
    public int StepCount { get; private set; }

    /// <summary>Seconds in <see cref="Steps"/> so far.</summary>
    public double TrainingSeconds { get; private set; }

    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>A number for the full version or the short one.</summary>
    public int Pick(int full, int quick) => Quick ? quick : full;

    /// <summary>The turns of a training loop: so many, or as <c>--steps</c> or <c>--seconds</c> say, or until Ctrl-C.</summary>
    /// <param name="full">Steps of the full version.</param>
    /// <param name="quick">Steps of the short version.</param>
    /// <param name="phase">What is trained, where a sample trains several models.</param>
    /// <param name="share">This loop's share of <c>--seconds</c>, where a sample trains several models.</param>
    public IEnumerable<TrainingStep> Steps(int full, int quick, string phase = "", double share = 1)
    {
        var seconds = common.Seconds * share;
        var count = common.Steps ?? (seconds is null ? Pick(full, quick) : int.MaxValue);
        var label = phase.Length == 0 ? "" : phase + ": ";
        var before = TrainingSeconds;
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < count && !Interrupt.IsCancellationRequested; number++)
        {
            var fraction = seconds is { } limit ? (TrainingSeconds - before) / limit : (double)number / count;
            if (fraction >= 1)
            {
                break;
            }

            yield return new TrainingStep(progress, label, number, fraction);
            StepCount++;
            TrainingSeconds = before + Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        progress.Clear();
    }

    /// <summary>The folder for the sample's files. To be opened before training: what cannot be written is then said at once.</summary>
    /// <param name="names">The files that will be written into the folder.</param>
    /// <exception cref="SampleException">They cannot be written there.</exception>
    public OutputFolder OpenOutput(params IEnumerable<string> names) => new(common.Out, names);

    /// <summary>A line.</summary>
    public void Say(FormattableString text)
    {
        progress.Clear();
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A number worth telling.</summary>
    public void Tell(string name, double value, string format = "g4") => Add(name, value, format, null, true);

    /// <summary>A number that should be small.</summary>
    public void AtMost(string name, double value, double full, double quick, string format = "g4") =>
        Add(name, value, format, "at most", value <= (Quick ? quick : full), Quick ? quick : full);

    /// <summary>A number that should be large.</summary>
    public void AtLeast(string name, double value, double full, double quick, string format = "g4") =>
        Add(name, value, format, "at least", value >= (Quick ? quick : full), Quick ? quick : full);

    private void Add(string name, double value, string format, string? bound, bool reached, double goal = 0)
    {
        var text = bound is null ? null : $"{bound} {goal.ToString(format, CultureInfo.InvariantCulture)}";
        figures.Add(new Figure(name, value, format, text, reached));
        var verdict = text is null ? "" : $"   goal: {text}: {(reached ? "reached" : "MISSED")}";
        Say($"{name}: {value.ToString(format, CultureInfo.InvariantCulture)}{verdict}");
    }
}
