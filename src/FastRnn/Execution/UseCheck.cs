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

    /// <summary>What a model reads is one token, and what it puts out are the scores of one: nobody else knows the rest.</summary>
    /// <param name="info">The model.</param>
    /// <param name="instead">What to use where it is not so.</param>
    public static void FeedsBack(ModelInfo info, string instead)
    {
        if (info.Input == InputKind.Mixed)
        {
            throw new InvalidOperationException(
                $"{info.Name} reads more than the token that is fed back, and only its caller knows the rest: use {instead}.");
        }

        if (info.Loss == LossKind.Mixed)
        {
            throw new InvalidOperationException(
                $"{info.Name} has {info.Heads.Count} heads, and only its caller knows what is fed back: use {instead}.");
        }

        ArgumentCheck.Tokens(info);
    }

    /// <summary>Every output is a token that the model reads.</summary>
    public static void OutputsAreTokens(ModelInfo info)
    {
        if (info.Vocabulary < info.OutputSize)
        {
            throw new InvalidOperationException(
                $"{info.Name} puts out {info.OutputSize} numbers, but reads tokens from 0 to {info.Vocabulary - 1}: "
                    + $"its outputs cannot be fed back.");
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
