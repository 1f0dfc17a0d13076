using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Understanding;

/// <summary>Options that every layer has.</summary>
internal static class KerasOptions
{
    /// <summary>Notes a class that is not known and a policy of numbers that changes what is computed.</summary>
    public static void Check(KerasLayer layer, Findings findings)
    {
        if (layer.Kind is null)
        {
            var known = KerasKinds.Find(layer.ClassName) is null ? "" : ", a class of a user with the name of one of Keras'";
            findings.Problem($"{layer.Where} is not understood{known}");
        }
        else if (layer.Kind != KerasKind.Input)
        {
            CheckPolicy(layer, findings);
        }

        foreach (var inner in layer.Inner)
            Check(inner, findings);
    }

    // "float32", or an object DTypePolicy, Policy (2.x), QuantizedDTypePolicy with a name.
    private static void CheckPolicy(KerasLayer layer, Findings findings)
    {
        var option = layer.Option("dtype");
        var policy = option.AsText() ?? option?.Find("config")?.Find("name").AsText();
        var className = option?.Find("class_name").AsText() ?? "";
        if (option is null || policy == "float32")
            return;

        if (className.Contains("Quantized", StringComparison.Ordinal) || policy?.Contains("_from_", StringComparison.Ordinal) == true)
            findings.Problem($"{layer.Where}: its weights are quantized ('{policy ?? className}')");
        else if (policy is "mixed_float16" or "mixed_bfloat16" or "float16" or "bfloat16" or "float64")
            findings.Assume($"{layer.Where}: Keras computes it by the policy '{policy}', here it is computed in single precision");
        else
            findings.Problem($"{layer.Where}: 'dtype': the policy '{policy ?? option.Value.ToString()}' is not known");
    }
}
