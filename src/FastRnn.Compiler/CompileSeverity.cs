namespace FastRnn.Compiler;

/// <summary>How bad it is what a <see cref="CompileDiagnostic"/> says.</summary>
public enum CompileSeverity
{
    /// <summary>Worth knowing.</summary>
    Info = 0,

    /// <summary>Probably not what is meant; a model comes out all the same.</summary>
    Warning = 1,

    /// <summary>No model comes out.</summary>
    Error = 2,
}
