using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Analyzers;

/// <summary>Every diagnostic about the use of a model. <c>generators/uses.md</c> holds help for each.</summary>
internal static class UseDescriptors
{
    public static readonly DiagnosticDescriptor LabelAsNumber = Warning("FRNN060", "A label is fed where numbers are expected",
        "The integer '{0}' becomes a number here: if it is a label, give the model [Embedding] or [OneHot] in place of [Input], "
            + "and pass it as a token");

    public static readonly DiagnosticDescriptor Shared = Warning("FRNN080", "One session serves several threads",
        "'{0}' serves one thread at a time, and here several call it at once: create one for each of them");

    public static readonly DiagnosticDescriptor SingleStep = Warning("FRNN081", "A session lives for one step",
        "This {0} is made anew for each step: it takes its memory again and forgets what the step before left in it");

    public static readonly DiagnosticDescriptor Length = Warning("FRNN082", "A length does not fit the model",
        "'{0}' has {1} numbers, and {2}");

    public static readonly DiagnosticDescriptor WrongKind = Warning("FRNN083", "The model reads or is trained with something else",
        "'{0}' {1}, not {2}");

    public static readonly DiagnosticDescriptor NotSteppable = Warning("FRNN084", "The model cannot be used so",
        "There is no {1} of '{0}': it {2}");

    public static readonly DiagnosticDescriptor NotDisposed = Warning("FRNN085", "A session is never disposed",
        "This {0} is never disposed of: its memory and threads wait for the garbage collector");

    public static readonly DiagnosticDescriptor OutputInLoop = Hint("FRNN087", "The output is allocated in each step",
        "An array is allocated in each round of the loop: allocate it once, before the loop");

    // What the generator found, once more, in silence: an editor asks only analyzers what there is to fix.
    public static readonly DiagnosticDescriptor Fixable = Silent("FRNN099", "There may be a fix",
        "There may be a fix for {0}");

    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
        [LabelAsNumber, Shared, SingleStep, Length, WrongKind, NotSteppable, NotDisposed, OutputInLoop, Fixable];

    // One call each, with a severity written out: the check of the list of releases follows no further.
    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "FastRnn", DiagnosticSeverity.Warning, isEnabledByDefault: true, new HelpText(id));

    private static DiagnosticDescriptor Hint(string id, string title, string message) =>
        new(id, title, message, "FastRnn", DiagnosticSeverity.Info, isEnabledByDefault: true, new HelpText(id));

    private static DiagnosticDescriptor Silent(string id, string title, string message) =>
        new(id, title, message, "FastRnn", DiagnosticSeverity.Hidden, isEnabledByDefault: true, new HelpText(id));
}
