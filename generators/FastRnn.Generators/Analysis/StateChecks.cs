using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Whether the states that Step takes are those that it returns.</summary>
internal static class StateChecks
{
    public static void Check(StepSpec step, List<Problem> problems)
    {
        // C# checks these itself; a recorded source has no other check.
        var names = step.Taken.Select(t => t.Name).Prepend(step.Input).ToList();
        if (names.Distinct().Count() != names.Count || step.Returned.Select(r => r.Name).Distinct().Count() != step.Returned.Count)
        {
            problems.Add(Problem.Of(Descriptors.StepSignature, step.InputPlace, "two of its names are the same"));
            return;
        }

        foreach (var state in step.Returned)
        {
            var taken = step.Taken.FirstOrDefault(t => t.Name == state.Name);
            if (taken is null)
            {
                problems.Add(Problem.Of(Descriptors.StateNotTaken, state.Place, state.Name));
            }
            else if (taken.Type.Rows.Name != state.Type.Rows.Name)
            {
                problems.Add(Problem.Of(
                    Descriptors.StateDimension, state.Place, state.Name, taken.Type.Rows.Name, state.Type.Rows.Name));
            }
        }

        foreach (var state in step.Taken.Where(t => step.Returned.All(r => r.Name != t.Name)))
        {
            problems.Add(Problem.Of(Descriptors.StateNotReturned, state.Place, state.Name));
        }

        if (step.Results.Count != step.Returned.Count && problems.Count == 0)
        {
            problems.Add(
                Problem.Of(Descriptors.StepSignature, step.InputPlace, "it returns one vector for each element of its type, written out"));
        }
    }
}
