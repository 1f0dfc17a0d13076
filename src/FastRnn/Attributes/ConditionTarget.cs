namespace FastRnn;

/// <summary>Where the vector c from which a sequence starts enters a model.</summary>
public enum ConditionTarget
{
    /// <summary>Each state s of each recurrent layer starts from <c>tanh(W_s c + b_s)</c>.</summary>
    State,

    /// <summary><c>W c + b</c> is added to what the first layer reads in the first step.</summary>
    FirstInput,
}
