using System.Globalization;

using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether heads have names, weights and losses, hold what a head can, and go together.</summary>
internal static class HeadChecks
{
    public static void Check(ModelParts parts, List<Problem> problems)
    {
        foreach (var stray in parts.Source.OfType<OutputSpec>())
        {
            Add(stray.Place, "an encoder has no outputs: heads stand at the end of the decoder", problems);
        }

        if (parts.Heads.Count > 0 && parts.Main.OfType<LossSpec>().FirstOrDefault() is { } early)
        {
            Add(early.Place, "a loss stands before the first of them: each has its own", problems);
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var head in parts.Heads)
        {
            Head(head, problems);
            if (!names.Add(head.Output.Name))
            {
                Add(head.Output.NamePlace, $"there are two of the name \"{head.Output.Name}\"", problems);
            }
        }

        if (problems.Count == 0 && parts.Heads.Count > 0)
        {
            Together(parts, problems);
        }
    }

    private static void Head(HeadPart head, List<Problem> problems)
    {
        var (output, name) = (head.Output, $"\"{head.Output.Name}\"");
        if (!IsName(output.Name))
        {
            Add(output.NamePlace, $"the name {name} must be made of ASCII letters, digits and '_', a letter first", problems);
        }

        if (!((float)output.Weight > 0 && output.Weight <= float.MaxValue))
        {
            problems.Add(Problem.Of(
                Descriptors.Rate, output.WeightPlace, "Weight", "a finite number above 0",
                output.Weight.ToString("R", CultureInfo.InvariantCulture)));
        }

        foreach (var item in head.Items)
        {
            if (item is not (DenseSpec or ActivationSpec or ScaleSpec or DropoutSpec or PoolSpec or LossSpec))
            {
                Add(item.Place,
                    $"[{item.Attribute}] cannot stand in {name}: heads hold dense layers, activations, scales, dropout, pools and a loss",
                    problems);
            }
        }

        if (head.Losses.Count == 0)
        {
            Add(output.Place, $"{name} has no loss", problems);
        }
        else if (head.Losses.Count > 1)
        {
            Add(head.Losses[1].Place, $"{name} has more than one loss", problems);
        }
        else if (head.Losses[0].Kind == LossKind.Ctc)
        {
            Add(head.Losses[0].Place,
                $"[Ctc] cannot stand in {name}: its labels belong to sequences, and the targets of heads to positions", problems);
        }
        else if (head.Items[head.Items.Count - 1] != head.Losses[0])
        {
            problems.Add(Problem.Of(Descriptors.Order, head.Losses[0].Place, head.Losses[0].Attribute, "early"));
        }
    }

    private static void Together(ModelParts parts, List<Problem> problems)
    {
        var first = parts.Heads[0];
        foreach (var head in parts.Heads)
        {
            if (head.Losses[0].Reduction != first.Losses[0].Reduction)
            {
                Add(head.Losses[0].Place,
                    $"\"{head.Output.Name}\" and \"{first.Output.Name}\" have different reductions: "
                        + "the loss of a model is a sum over positions or a mean", problems);
            }

            if (head.Pools != first.Pools)
            {
                Add(head.Output.Place,
                    $"of \"{head.Output.Name}\" and \"{first.Output.Name}\" one puts out a vector a sequence and one a vector a step",
                    problems);
            }

            if (parts.Main.OfType<PoolSpec>().Any() && head.Items.OfType<PoolSpec>().FirstOrDefault() is { } again)
            {
                problems.Add(Problem.Of(
                    Descriptors.Pool, again.Place, again.Attribute, "cannot follow [Pool], after which there are no steps"));
            }
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && IsLetter(name[0]) && name.All(c => IsLetter(c) || c is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static void Add(Place place, string what, List<Problem> problems) =>
        problems.Add(Problem.Of(Descriptors.Outputs, place, what));
}
