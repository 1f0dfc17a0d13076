using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether pooling, attention, skips, handover, condition and initial states stand where there is something for them to
/// do.</summary>
internal static class PartChecks
{
    public static void Check(ModelParts parts, List<Problem> problems)
    {
        Pool(parts, problems);
        Attention(parts, problems);
        Feeding(parts, problems);
        Skip(parts.Source, problems);
        Skip(parts.Main, problems);
        Condition(parts, problems);
        Start(parts, problems);
    }

    private static void Pool(ModelParts parts, List<Problem> problems)
    {
        problems.AddRange(parts.Source.OfType<PoolSpec>().Select(pool =>
            Problem.Of(Descriptors.Pool, pool.Place, "Pool",
                "is for the main part: a decoder gets all steps of the encoder, or its last states")));
        problems.AddRange(parts.Main.SkipWhile(item => item is not PoolSpec).Skip(1)
            .Where(item => item is LayerSpec or PoolSpec or AttentionSpec or ConditionSpec or SkipSpec or LossSpec { Kind: LossKind.Ctc })
            .Select(item =>
                Problem.Of(Descriptors.Pool, item.Place, item.Attribute, "cannot follow [Pool], after which there are no steps")));
    }

    private static void Attention(ModelParts parts, List<Problem> problems)
    {
        foreach (var attention in parts.Source.Concat(parts.Main).OfType<AttentionSpec>())
        {
            var mistake = parts.Encoder is null ? "there is no encoder whose steps it could look at"
                : parts.Source.Contains(attention) ? "it belongs to the decoder, and looks at the encoder"
                : !parts.Main.TakeWhile(item => item != attention).Any(item => item is LayerSpec or DenseSpec)
                    ? "it needs a layer before it, whose output asks" : null;
            if (mistake is not null)
            {
                problems.Add(Problem.Of(Descriptors.Attention, attention.Place, mistake));
            }
            else if (attention.Size == 0 && attention.Score == AttentionScore.Additive)
            {
                problems.Add(Problem.Of(Descriptors.AttentionSize, attention.Place, "an additive score has a hidden layer"));
            }
        }
    }

    /// <summary>What is fed back is made by a dense layer behind the last attention, of what came before in time.</summary>
    private static void Feeding(ModelParts parts, List<Problem> problems)
    {
        if (parts.Decoder is not { InputFeeding: true } decoder)
        {
            return;
        }

        var fed = parts.Fed;
        var before = parts.Main.TakeWhile(item => !ReferenceEquals(item, fed)).OfType<LayerSpec>();
        var mistake = !parts.Main.OfType<AttentionSpec>().Any() ? "there is no [Attention]"
            : fed is null ? "right behind the last [Attention] there is no [Dense], whose output would be fed back"
            : LossChecks.IsNormalizing(fed.Activation)
                ? "the [Dense] behind the last [Attention] puts out probabilities"
            : before.Any(layer => layer.Options.Backward || layer.Options.Bidirectional)
                ? "a layer before the last [Attention] reads from the end, so no step is finished before the next one" : null;
        if (mistake is not null)
        {
            problems.Add(Problem.Of(Descriptors.Feeding, decoder.FeedingPlace, mistake));
        }
    }

    private static void Skip(IReadOnlyList<AttributeSpec> part, List<Problem> problems)
    {
        foreach (var skip in part.OfType<SkipSpec>())
        {
            var mistake = part.OfType<InputSpec>().First().Kind != InputKind.Vector
                    ? part.OfType<InputSpec>().Any(input => input.Kind == InputKind.Vector)
                        ? "[Input] is not the first of the inputs, whose first numbers would be added"
                    : "the input is tokens, which cannot be added to numbers"
                : !part.TakeWhile(item => item != skip).Any(item => item is LayerSpec or DenseSpec)
                    ? "it needs a layer before it, to whose output the input is added" : null;
            if (mistake is not null)
            {
                problems.Add(Problem.Of(Descriptors.Skip, skip.Place, mistake));
            }
        }
    }

    private static void Condition(ModelParts parts, List<Problem> problems)
    {
        foreach (var condition in parts.Source.Concat(parts.Main).OfType<ConditionSpec>())
        {
            var mistake = parts.Source.Contains(condition)
                || parts.Main.SkipWhile(item => item is InputSpec).First() != condition
                    ? "it stands right behind the input of the main part"
                : condition.Target != ConditionTarget.State ? null
                : parts.Encoder is not null ? "the states of a decoder start from the encoder; use ConditionTarget.FirstInput"
                : !parts.Main.OfType<LayerSpec>().Any() ? "there is no recurrent layer whose states could start from it" : null;
            if (mistake is not null)
            {
                problems.Add(Problem.Of(Descriptors.Condition, condition.Place, mistake));
            }
        }
    }

    private static void Start(ModelParts parts, List<Problem> problems)
    {
        var handsOver = parts.Decoder is { Handover: Handover.States or Handover.Bridge } && parts.Encoder is not null;
        if (handsOver && (!parts.Source.OfType<LayerSpec>().Any() || !parts.Main.OfType<LayerSpec>().Any()))
        {
            problems.Add(Problem.Of(
                Descriptors.Handover, parts.Decoder!.Place, "one of both parts has no recurrent layer", "Handover.None, and attention"));
        }

        if (!handsOver && parts.Decoder is { Handover: Handover.None } decoder && !parts.Main.OfType<AttentionSpec>().Any())
        {
            problems.Add(Problem.Of(Descriptors.Unread, decoder.Place, "the encoder"));
        }

        var giver = handsOver ? "the encoder"
            : parts.Main.Any(item => item is ConditionSpec { Target: ConditionTarget.State }) ? "the condition" : null;
        if (giver is not null)
        {
            problems.AddRange(parts.Main.OfType<LayerSpec>().Select(layer => layer.Options)
                .Where(options => options.InitialState is InitialState.Random or InitialState.Learned)
                .Select(options => Problem.Of(
                    Descriptors.GivenState, options.InitialStatePlace, options.InitialState.ToString(), giver)));
        }
    }
}
