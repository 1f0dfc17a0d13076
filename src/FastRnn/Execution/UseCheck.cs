using FastRnn.CompilerServices;
using FastRnn.Operations;

namespace FastRnn.Execution;

/// <summary>What a model cannot be used for. The analyzer of FRNN084 says the same, in the same words, when a project is built.</summary>
internal static class UseCheck
{
    private const string Whole = "looks at a sequence as a whole; use CreatePredictor";

    /// <summary>A session steps: nothing looks at a sequence as a whole, and there is nothing to start from.</summary>
    public static void Session(ModelInfo info)
    {
        var start = info.Source is not null ? "what an encoder reads" : info.ConditionSize > 0 ? "a vector" : null;
        if (start is null ? !LayerStep.CanStream(info) : ReadsBackwards(info) || PoolsAll(info))
        {
            throw Error(info, "session", Whole);
        }

        if (start is not null)
        {
            var generator = info.OutputDomain == TimeDomain.Main ? "CreateGenerator or " : "";
            throw Error(info, "session", $"starts from {start}; use {generator}CreatePredictor");
        }
    }

    /// <summary>A generator steps as well, and has an output for each step.</summary>
    public static void Generator(ModelInfo info)
    {
        if (info.OutputDomain != TimeDomain.Main || ReadsBackwards(info))
        {
            throw Error(info, "generator", Whole);
        }
    }

    /// <summary>There is a loss.</summary>
    public static void Loss(ModelInfo info, string what)
    {
        if (info.Loss == LossKind.None)
        {
            throw Error(info, what, "declares no loss; declare one, or use Bptt with gradients of your own");
        }
    }

    private static bool ReadsBackwards(ModelInfo info) =>
        info.Layers.Any(l => l.Wiring is { Domain: TimeDomain.Main, Operation: LayerOperation.Reverse });

    private static bool PoolsAll(ModelInfo info) =>
        info.Layers.Any(l => LayerOperator.Of(l.Wiring.Operation) is PoolOperator { CanStream: false });

    private static InvalidOperationException Error(ModelInfo info, string what, string why) =>
        new($"There is no {what} of '{info.Name}': it {why}.");
}
