using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether the states that Step takes are those that it returns. The first mistake is the only one that is reported: in a
/// signature one follows from the other.</summary>
internal static class StateChecks
{
    public static void Check(StepSpec step, List<Problem> problems)
    {
        if ((Names(step) ?? OneVector(step) ?? Untaken(step) ?? Unreturned(step, step.Returned, "") ?? Dimension(step) ?? Results(step))
            is { } problem)
        {
            problems.Add(problem);
        }
    }

    // C# checks these itself; a recorded source has no other check.
    private static Problem? Names(StepSpec step)
    {
        var names = step.Taken.Select(t => t.Name).Prepend(step.Input).ToList();
        return names.Distinct().Count() != names.Count || step.Returned.Select(r => r.Name).Distinct().Count() != step.Returned.Count
            ? Problem.Of(Descriptors.StepSignature, step.InputPlace, "two of its names are the same")
            : null;
    }

    // One vector has no name to go by. Which state it is, its name where it is returned tells, or else its dimension.
    private static Problem? OneVector(StepSpec step)
    {
        if (step.Returned.Count != 1 || step.Taken.Count < 2)
        {
            return null;
        }

        var result = step.Results.Count == 1 && step.Results[0] is NameSpec name ? name.Name : "";
        var fitting = step.Taken.Where(t => t.Type.Rows.Name == step.Returned[0].Type.Rows.Name).ToList();
        var state = fitting.FirstOrDefault(t => t.Name == result) ?? fitting.FirstOrDefault();
        return state is null
            ? Dimension(step)
            : Unreturned(step, [state], fitting.Count > 1 ? $" (the one vector that is returned is the new '{state.Name}')" : "");
    }

    private static Problem? Untaken(StepSpec step)
    {
        var untaken = Without(step.Returned, step.Taken);
        if (untaken.Count == 0)
        {
            return null;
        }

        var advice = Without(step.Taken, step.Returned).Count == 0
            ? "only new values of states are returned, and the first of them is the layer's output; "
                + $"take '{untaken[0].Type} {untaken[0].Name}' as a state too"
            : $"returned values have the names of the states that they replace, {Tuple(step.Taken)}";
        return Problem.Of(Descriptors.StateNotTaken, untaken[0].Place, Quoted(untaken), advice);
    }

    private static Problem? Unreturned(StepSpec step, IEnumerable<CarriedSpec> returned, string remark)
    {
        var unreturned = Without(step.Taken, returned);
        return unreturned.Count == 0
            ? null
            : Problem.Of(Descriptors.StateNotReturned, unreturned[0].Place, Quoted(unreturned), remark, step.Input);
    }

    private static Problem? Dimension(StepSpec step)
    {
        var isOne = step.Returned.Count == 1;
        foreach (var state in step.Returned)
        {
            var taken = step.Taken.First(t => t.Name == state.Name);
            if (taken.Type.Rows.Name != state.Type.Rows.Name)
            {
                return Problem.Of(
                    Descriptors.StateDimension, state.Place, state.Name, taken.Type.ToString(), state.Type.ToString(),
                    isOne ? "what Step returns is its new state; an output besides is a state too, of its own name"
                    : $"the new states are {Tuple(step.Returned.Select(r => step.Taken.First(t => t.Name == r.Name)))}");
            }
        }

        return null;
    }

    private static Problem? Results(StepSpec step)
    {
        if (step.Results.Count != step.Returned.Count)
        {
            return Problem.Of(
                Descriptors.StepSignature, step.InputPlace, "it returns one vector for each element of its type, written out");
        }

        // Each is the new value of another one: C# goes by places, and so do we, but who writes these names hardly means that.
        var states = step.Returned.Select(r => r.Name).ToList();
        var results = step.Results.Select(r => (r as NameSpec)?.Name ?? "").ToList();
        if (results.SequenceEqual(states) || results.Distinct().Count() != states.Count || results.Except(states).Any())
        {
            return null;
        }

        var (first, last) = (step.Results[0].Place, step.Results[step.Results.Count - 1].Place);
        return Problem.Of(
            Descriptors.StateOrder, first with { Length = last.Start + last.Length - first.Start },
            string.Join(", ", results), string.Join(", ", states));
    }

    private static List<CarriedSpec> Without(IEnumerable<CarriedSpec> states, IEnumerable<CarriedSpec> others) =>
        states.Where(state => others.All(other => other.Name != state.Name)).ToList();

    private static string Quoted(IEnumerable<CarriedSpec> states) => string.Join(" and ", states.Select(s => $"'{s.Name}'"));

    private static string Tuple(IEnumerable<CarriedSpec> states)
    {
        var elements = states.Select(s => $"{s.Type} {s.Name}").ToList();
        return elements.Count == 1 ? elements[0] : $"({string.Join(", ", elements)})";
    }
}
