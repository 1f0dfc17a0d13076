namespace FastRnn.Execution;

/// <summary>The caller's memory while a pass runs; null for what is not there.</summary>
internal unsafe struct BatchPointers
{
    public float* X;
    public int* Tokens;
    public bool* Present;
    public float* Condition;
    public float* SourceX;
    public int* SourceTokens;
    public float* Targets;
    public int* TargetTokens;
    public float* Weights;
    public float* Y;
}
