using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>The learned parameters of a cell and how they start.</summary>
internal static class ParameterTable
{
    private static readonly string[] ForAll = ["Zeros", "Constant", "UniformByHiddenSize", "Normal"];
    private static readonly string[] ForMatrices = ["XavierUniform", "Orthogonal", "Identity"];

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
            f.Initializer.Length > 0 ? f.Initializer : f.Type.IsVector ? "Zeros" : "XavierUniform", f.InitializerValue)));
    }

    private static string? Mistake(FieldSpec field) =>
        field.Initializer.Length == 0 ? null
        : !(Math.Abs(field.InitializerValue) <= float.MaxValue) ? "its value is no number that a float can hold"
        : ForAll.Contains(field.Initializer) ? null
        : !ForMatrices.Contains(field.Initializer) ? $"there is no Initializer.{field.Initializer}"
        : field.Type.IsVector ? $"{field.Initializer} is for matrices"
        : null;
}
