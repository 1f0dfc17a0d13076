using System.Diagnostics;
using System.Globalization;

using FastRnn.Cli.Sampling;

using Spectre.Console;

namespace FastRnn.Cli.Progress;

/// <summary>A bar that moves, under lines that stay. It is drawn between steps, by the thread that makes them: a timer of its own would
/// allocate while a step is measured.</summary>
internal sealed class LiveProgress : ITrainingProgress
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>What the longest text beside the bar takes.</summary>
    private const int TextWidth = 70;
    private readonly IAnsiConsole console;
    private readonly ProgressContext context;
    private readonly ProgressTask bar;
    private long drawn;

    private LiveProgress(IAnsiConsole console, ProgressContext context)
    {
        this.console = console;
        this.context = context;
        bar = context.AddTask("training", maxValue: 1);
    }

    /// <summary>Runs something under a bar if a person is watching one process, else with lines.</summary>
    public static T Run<T>(Terminal terminal, bool plain, Func<ITrainingProgress, T> run)
    {
        if (plain || !terminal.MovesBar)
        {
            return run(new PlainProgress(terminal));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Lines) });
        if (!console.Profile.Capabilities.Ansi)
        {
            return run(new PlainProgress(terminal));
        }

        var result = default(T)!;
        console.Progress()
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - TextWidth, 5, 40) }, new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => result = run(new LiveProgress(console, context)));
        return result;
    }

    public void Note(FormattableString text) => console.WriteLine(PrintableText.Line(text.ToString(CultureInfo.InvariantCulture)));

    public void Step(in TrainingStatus status)
    {
        if (drawn != 0 && Stopwatch.GetElapsedTime(drawn) < Between)
        {
            return;
        }

        drawn = Stopwatch.GetTimestamp();
        Draw(status);
    }

    public void Mark(in TrainingStatus status) => Draw(status);

    public void Sample(string text)
    {
        console.Write(new Panel(Markup.Escape(text)).Header("a sample").BorderColor(Color.Grey));
        context.Refresh();
    }

    private void Draw(in TrainingStatus status)
    {
        bar.Value = status.Progress;
        bar.Description = Markup.Escape(status.ShortText.ToString(CultureInfo.InvariantCulture));
        context.Refresh();
    }
}
