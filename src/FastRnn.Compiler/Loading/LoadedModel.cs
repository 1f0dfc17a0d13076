using FastRnn.Compiler.Compilation;
using FastRnn.Compiler.Typed;

namespace FastRnn.Compiler.Loading;

/// <summary>The one model of a declaration that was asked for, loaded.</summary>
/// <param name="Context">Where its code is.</param>
/// <param name="Factory">What makes models.</param>
internal sealed record LoadedModel(ModelContext Context, ModelFactory Factory)
{
    /// <summary>Loads an assembly, unless it has not the one model.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="options">Which model, and references.</param>
    /// <param name="problem">Why nothing is loaded.</param>
    public static LoadedModel? Load(byte[] image, CompileOptions options, out CompileDiagnostic? problem)
    {
        var context = new ModelContext(image, options.References);
        var models = context.Models.Where(type => options.Model is null || type.Name == options.Model || type.FullName == options.Model)
            .ToList();
        if (models is [var model])
        {
            problem = null;
            return new(context, ModelFactory.Of(model));
        }

        problem = models.Count > 1
            ? Problems.SeveralModels(options.Path, [.. models.Select(type => type.FullName!)])
            : Problems.NoModel(options.Path, options.Model, [.. context.Models.Select(type => type.FullName!)]);
        context.Unload();
        return null;
    }
}
