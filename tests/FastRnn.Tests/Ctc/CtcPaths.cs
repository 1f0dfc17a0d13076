namespace FastRnn.Tests.Ctc;

/// <summary>All ways of all labels, one by one: the truth about CTC that knows no recurrence.</summary>
internal static class CtcPaths
{
    /// <summary>The probability of each row of labels that any way says.</summary>
    /// <param name="outputs"><c>[T][C]</c>, before the softmax.</param>
    public static Dictionary<string, double> Probabilities(double[][] outputs)
    {
        var classes = outputs[0].Length;
        var softmax = outputs.Select(row => row.Select(z => Math.Exp(z) / row.Sum(Math.Exp)).ToArray()).ToArray();
        var found = new Dictionary<string, double>();
        for (var way = 0; way < Math.Pow(classes, outputs.Length); way++)
        {
            var (rest, product, said, before) = (way, 1.0, new List<int>(), 0);
            for (var t = 0; t < outputs.Length; t++, rest /= classes)
            {
                var label = rest % classes;
                product *= softmax[t][label];
                if (label != 0 && label != before)
                    said.Add(label);
                before = label;
            }

            var key = string.Join(' ', said);
            found[key] = found.GetValueOrDefault(key) + product;
        }

        return found;
    }

    /// <summary>The loss of labels.</summary>
    public static double Loss(double[][] outputs, params int[] labels) => -Math.Log(Probabilities(outputs)[string.Join(' ', labels)]);
}
