using System.Globalization;

using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether options exist, rates are in their range, and everything that is said has an effect.</summary>
internal static class OptionChecks
{
    public static void Check(ModelSpec model, List<Problem> problems)
    {
        foreach (var item in model.Attributes)
        {
            switch (item)
            {
                case DecoderSpec decoder:
                    Member(item, decoder.Handover, item.Place, problems);
                    break;
                case PoolSpec pool:
                    Member(item, pool.Pooling, item.Place, problems);
                    break;
                case AttentionSpec attention:
                    Member(item, attention.Score, item.Place, problems);
                    break;
                case ConditionSpec condition:
                    Member(item, condition.Target, item.Place, problems);
                    break;
                case WeightsSpec weights:
                    Member(item, weights.Format, weights.FormatPlace, problems);
                    Width(weights, problems);
                    break;
                case ActivationSpec { Activation: DenseActivation.Linear }:
                    problems.Add(Problem.Of(
                        Descriptors.NoEffect, item.Place, "DenseActivation.Linear", "a dense layer without an activation"));
                    break;
                case ScaleSpec scale:
                    Factor(scale, problems);
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
        Member(layer, options.Merge, options.MergePlace, problems);
        Member(layer, options.InitialState, options.InitialStatePlace, problems);
        Rate("RecurrentDropout", options.RecurrentDropout, options.RecurrentDropoutPlace, problems);
        Rate("Zoneout", options.Zoneout, options.ZoneoutPlace, problems);
        foreach (var rate in options.StateZoneout)
        {
            Rate("A rate of StateZoneout", rate, options.StateZoneoutPlace, problems);
        }

        if (options.StateZoneout.Count > 0 && options.Zoneout != 0)
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, options.ZoneoutPlace, "Zoneout", "a layer without StateZoneout"));
        }

        if (!((float)options.InitialScale > 0 && options.InitialScale <= float.MaxValue))
        {
            problems.Add(Problem.Of(Descriptors.Rate, options.InitialScalePlace, "InitialScale", "above 0", Text(options.InitialScale)));
        }
        else if (options.InitialState != InitialState.Random && options.InitialScale != LayerOptions.UsualInitialScale)
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, options.InitialScalePlace, "InitialScale", "InitialState.Random"));
        }

        if (options is { Backward: true, Bidirectional: true })
        {
            problems.Add(Problem.Of(Descriptors.Directions, options.BackwardPlace));
        }

        if (options.Merge != Merge.Concat && !options.Bidirectional)
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, options.MergePlace, "Merge", "a layer that is Bidirectional"));
        }
    }

    private static void Member<TEnum>(AttributeSpec item, TEnum value, Place place, List<Problem> problems)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(typeof(TEnum), value))
        {
            problems.Add(Problem.Of(Descriptors.Member, place, item.Attribute, value.ToString()));
        }
    }

    private static void Width(WeightsSpec weights, List<Problem> problems)
    {
        if (weights.Width != 0 && !KernelWidths.All.Contains(weights.Width))
        {
            var width = "of width " + weights.Width.ToString(CultureInfo.InvariantCulture);
            problems.Add(Problem.Of(Descriptors.Member, weights.WidthPlace, weights.Attribute, width));
        }
        else if (weights is { Width: not 0, Format: WeightFormat.Int8 })
        {
            problems.Add(Problem.Of(Descriptors.NoEffect, weights.WidthPlace, "Width", "Float32 and BFloat16"));
        }
    }

    private static void Factor(ScaleSpec scale, List<Problem> problems)
    {
        var size = Math.Abs((float)scale.Factor);
        if (!(size > 0 && size <= float.MaxValue))
        {
            problems.Add(Problem.Of(Descriptors.Rate, scale.FactorPlace, "The factor", "a finite number other than 0", Text(scale.Factor)));
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
