"""What any Django developer would write first."""

import json
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from bench.bare.models import Answer, Vote

CHOICES = [(str(code), f"Choice number {code}") for code in range(1, 6)]


class TenFields(forms.Form):
    q1 = forms.ChoiceField(choices=CHOICES)
    q2 = forms.ChoiceField(choices=CHOICES)
    q3 = forms.ChoiceField(choices=CHOICES)
    q4 = forms.ChoiceField(choices=CHOICES)
    q5 = forms.ChoiceField(choices=CHOICES)
    q6 = forms.CharField(max_length=200)
    q7 = forms.CharField(max_length=200)
    q8 = forms.CharField(max_length=200)
    q9 = forms.IntegerField(min_value=0, max_value=10)
    q10 = forms.CharField(max_length=200, widget=forms.Textarea)


def form(request: HttpRequest) -> HttpResponse:
    filled = TenFields(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        Answer.objects.create(answers=filled.cleaned_data)
        return redirect("/form/")
    return render(request, "form.html", {"form": filled})


def api(request: HttpRequest) -> JsonResponse:
    answer = Answer.objects.create(answers=json.loads(request.body))
    return JsonResponse({"id": answer.pk}, status=201)


def vote(request: HttpRequest, reader: UUID, statement: int) -> JsonResponse:
    choice = json.loads(request.body)["choice"]
    Vote.objects.bulk_create(
        [Vote(reader=reader, statement=statement, choice=choice)],
        update_conflicts=True,
        unique_fields=["reader", "statement"],
        update_fields=["choice"],
    )
    return JsonResponse({"choice": choice})


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")
