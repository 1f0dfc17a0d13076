using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>The learned parameters of a cell and how they start.</summary>
internal static class ParameterTable
{
    public static EquatableArray<ParameterSpec> Build(EquatableArray<FieldSpec> fields, List<Problem> problems)
    {
        foreach (var field in fields)
        {
            if (Mistake(field) is { } mistake)
            {
                problems.Add(Problem.Of(Descriptors.Initializer, field.Place, field.Name, mistake));
            }
        }

        return new(fields.Select(f => new ParameterSpec(
            f.Name, f.Type.Rows.Name, f.Type.Columns?.Name ?? "",
            f.Initializer ?? (f.Type.IsVector ? Initializer.Zeros : Initializer.XavierUniform), f.InitializerValue)));
    }

    private static string? Mistake(FieldSpec field) =>
        field.Initializer is not { } initializer ? null
        : !(Math.Abs(field.InitializerValue) <= float.MaxValue) ? "its value is no number that a float can hold"
        : !Enum.IsDefined(typeof(Initializer), initializer) ? $"there is no Initializer.{initializer}"
        : field.Type.IsVector && initializer is Initializer.XavierUniform or Initializer.Orthogonal or Initializer.Identity
            ? $"{initializer} is for matrices"
        : null;
}
