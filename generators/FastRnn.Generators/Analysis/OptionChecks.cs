using System.Globalization;

using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether options exist, rates are in their range, and everything that is said has an effect.</summary>
internal static class OptionChecks
{
    private static readonly string[] Handovers = ["States", "Bridge", "None"];
    private static readonly string[] Merges = ["Concat", "Sum"];
    private static readonly string[] InitialStates = ["Zero", "Random", "Learned"];
    private static readonly string[] Poolings = ["Last", "Mean", "Max"];
    private static readonly string[] Scores = ["Dot", "ScaledDot", "Additive"];
    private static readonly string[] Targets = ["State", "FirstInput"];

    private static readonly string[] Formats = ["Float32", "BFloat16"];
    private static readonly string[] Widths = ["of width 0", "of width 128", "of width 256", "of width 512"];

    public static void Check(ModelSpec model, List<Problem> problems)
    {
        foreach (var item in model.Attributes)
        {
            switch (item)
            {
                case DecoderSpec decoder:
                    Member(item, decoder.Handover, Handovers, item.Place, problems);
                    break;
                case PoolSpec pool:
                    Member(item, pool.Pooling, Poolings, item.Place, problems);
                    break;
                case AttentionSpec attention:
                    Member(item, attention.Score, Scores, item.Place, problems);
                    break;
                case ConditionSpec condition:
                    Member(item, condition.Target, Targets, item.Place, problems);
                    break;
                case WeightsSpec weights:
                    Member(item, weights.Format, Formats, weights.FormatPlace, problems);
                    Member(item, $"of width {weights.Width.ToString(CultureInfo.InvariantCulture)}", Widths, weights.WidthPlace, problems);
                    break;
                case DropoutSpec dropout:
                    Rate("The rate", dropout.Rate, dropout.RatePlace, problems);
                    break;
                case LayerSpec layer:
                    Layer(layer, layer.Options, problems);
                    break;
            }
        }
    }

    private static void Layer(LayerSpec layer, LayerOptions options, List<Problem> problems)
    {
        Member(layer, options.Merge, Merges, options.MergePlace, problems);
        Member(layer, options.InitialState, InitialStates, options.InitialStatePlace, problems);
        Rate("RecurrentDropout", options.RecurrentDropout, options.RecurrentDropoutPlace, problems);
        if (!((float)options.InitialScale > 0 && options.InitialScale <= float.MaxValue))
        {
            problems.Add(Problem.Of(Descriptors.Rate, options.InitialScalePlace, "InitialScale", "above 0", Text(options.InitialScale)));
        }
        else if (options.InitialState != "Random" && options.InitialScale != LayerOptions.UsualInitialScale)
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, options.InitialScalePlace, "InitialScale", "InitialState.Random"));
        }

        if (options.Merge != "Concat" && !options.Bidirectional)
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, options.MergePlace, "Merge", "a layer that is Bidirectional"));
        }
    }

    private static void Member(AttributeSpec item, string value, string[] members, Place place, List<Problem> problems)
    {
        if (!members.Contains(value))
        {
            problems.Add(Problem.Of(Descriptors.Member, place, item.Attribute, value));
        }
    }

    private static void Rate(string what, double rate, Place place, List<Problem> problems)
    {
        if (!(rate >= 0 && (float)rate < 1))
        {
            problems.Add(Problem.Of(Descriptors.Rate, place, what, "at least 0 and below 1", Text(rate)));
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
